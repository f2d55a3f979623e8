using Gatehouse.Features.Ledger;

namespace Gatehouse.Jobs;

/// <summary>Releases holds and writes off lots of credits whose time is over.</summary>
public sealed class ExpireLots(ExpireCredits expire) : IJob
{
    public async Task Run(CancellationToken stop)
    {
        while (await expire.Run(stop) > 0)
            stop.ThrowIfCancellationRequested();
    }
}
