using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Gateways;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Credits;

/// <summary>Brings a refund to where it is at the provider: some are sent back by the bank days later.</summary>
public sealed class FollowRefund(Db db, PaymentProvider provider, SettleRefund settle)
{
    /// <summary>
    /// Whether nothing is left to do; not while the provider does not answer. One that was not made here needs nothing:
    /// the nightly reconciliation names it.
    /// </summary>
    public async Task<bool> Run(string refundRef, CancellationToken stop)
    {
        var refund = await db.Refunds.AsNoTracking().SingleOrDefaultAsync(r => r.RefundRef == refundRef, stop);
        if (refund is null) return true;
        var cents = new Money(refund.AmountNanos).WholeCents;
        var wanted = new RefundToMake(refund.ChargeRef, cents, Refund.RequestKeyOf(refund.Id));
        var answer = await provider.FindRefund(wanted, stop);
        if (answer.State == AnswerState.Declined) await settle.Run(refund, answer, stop);
        return answer.State != AnswerState.Unknown;
    }
}
