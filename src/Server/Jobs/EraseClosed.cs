using Gatehouse.Domain;
using Gatehouse.Features.Erasure;

namespace Gatehouse.Jobs;

/// <summary>Erases closed accounts when their time is over.</summary>
public sealed class EraseClosed(EraseClosedAccounts erase) : IJob
{
    public Task Run(CancellationToken stop) => erase.Run(Caller.Server, stop);
}
