using Gatehouse.Domain;
using Gatehouse.Features.PaymentMethods;

namespace Gatehouse.Jobs;

/// <summary>Keeps cards that were entered on a page while nobody waited for them.</summary>
public sealed class KeepCards(FinishCardSetups finish) : IJob
{
    public Task Run(CancellationToken stop) => finish.Run(Caller.Server, stop);
}
