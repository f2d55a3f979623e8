using Gatehouse.Features.Prepayments;

namespace Gatehouse.Jobs;

/// <summary>Charges prepaid accounts to their credits.</summary>
public sealed class ChargePrepaid(ChargePrepaidAccounts charge) : IJob
{
    public Task Run(CancellationToken stop) => charge.Run(stop);
}
