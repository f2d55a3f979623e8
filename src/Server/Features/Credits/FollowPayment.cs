using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Gateways;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Credits;

/// <summary>Brings a payment to where its charge is, because something happened to that at the provider.</summary>
public sealed class FollowPayment(Db db, PaymentProvider provider, ChargePayment charge, SettlePayment settle)
{
    /// <summary>
    /// Whether nothing is left to do; not while the provider does not answer. A charge that is not ours needs nothing,
    /// and one that was just started is at work: whoever started it, or a job, goes on with it.
    /// </summary>
    public async Task<bool> Run(string chargeRef, CancellationToken stop)
    {
        var payment = await db.Payments.AsNoTracking().FirstOrDefaultAsync(p => p.ChargeRef == chargeRef, stop);
        if (payment is null or { State: PaymentState.Started or PaymentState.Paid }) return true;
        if (payment.State == PaymentState.Waiting)
            return (await charge.Run(Caller.Server, payment, stop)).Refusal?.Reason != Reason.PaymentPending;
        // It was given up: money that came in all the same is credited, and none comes after this.
        var answer = await provider.EndCharge(ChargePayment.ChargeOf(payment), stop);
        if (answer.State == AnswerState.Succeeded) await settle.Run(Caller.Server, payment, answer, stop);
        return answer.State != AnswerState.Unknown;
    }
}
