using Gatehouse.Domain;
using Gatehouse.Features.Credits;

namespace Gatehouse.Jobs;

/// <summary>Finishes payments and refunds whose request fell over.</summary>
public sealed class FinishPayments(SettlePayments payments, SettleRefunds refunds) : IJob
{
    public async Task Run(CancellationToken stop)
    {
        await payments.Run(Caller.Server, PaymentState.Started, stop);
        await refunds.Run(stop);
    }
}
