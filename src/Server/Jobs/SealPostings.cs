using Gatehouse.Features.Ledger;

namespace Gatehouse.Jobs;

/// <summary>Seals postings into blocks.</summary>
public sealed class SealPostings(SealLedger seal) : IJob
{
    public async Task Run(CancellationToken stop)
    {
        while (await seal.Run(stop) > 0)
            stop.ThrowIfCancellationRequested();
    }
}
