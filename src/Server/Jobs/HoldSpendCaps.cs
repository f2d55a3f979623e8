using Gatehouse.Features.SpendCaps;

namespace Gatehouse.Jobs;

/// <summary>Holds accounts to the caps that their owners set.</summary>
public sealed class HoldSpendCaps(EnforceSpendCaps enforce) : IJob
{
    public Task Run(CancellationToken stop) => enforce.Run(stop);
}
