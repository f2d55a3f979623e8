using Gatehouse.Domain;
using Gatehouse.Features.Credits;

namespace Gatehouse.Jobs;

/// <summary>Finishes payments whose request fell over.</summary>
public sealed class FinishPayments(SettlePayments settle) : IJob
{
    public Task Run(CancellationToken stop) => settle.Run(Caller.Server, stop);
}
