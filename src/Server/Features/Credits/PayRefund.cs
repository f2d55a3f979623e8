using Gatehouse.Domain;
using Gatehouse.Gateways;
using Gatehouse.Platform;

namespace Gatehouse.Features.Credits;

/// <summary>
/// Asks the provider to pay back what was started, and settles it. Repeating it is safe: the provider knows the refund
/// by its id. Providers forget such keys after a day, so an old refund is looked up and never asked for again.
/// </summary>
public sealed class PayRefund(PaymentProvider provider, SettleRefund settle, TimeProvider clock)
{
    /// <summary>
    /// The refund, which is paid. Refuses with <see cref="Reason.CardDeclined"/> when the provider refuses, which gives
    /// the credits back, or with <see cref="Reason.PaymentPending"/> when no answer came.
    /// </summary>
    public async Task<Outcome<Refund>> Run(Refund refund, CancellationToken stop)
    {
        if (refund.State == RefundState.Started)
        {
            var answer = await Ask(refund, stop);
            if (answer.State is not (AnswerState.Succeeded or AnswerState.Declined or AnswerState.Missing))
                return Reason.PaymentPending;
            refund = await settle.Run(refund, answer, stop);
            if (refund.State == RefundState.Declined)
                return new Refusal(Reason.CardDeclined) { Text = answer.Decline?.Sentence ?? "It was never made." };
        }

        return refund;
    }

    private Task<Answered<string>> Ask(Refund refund, CancellationToken stop)
    {
        var cents = new Money(refund.AmountNanos).WholeCents;
        var wanted = new RefundToMake(refund.ChargeRef, cents, Refund.RequestKeyOf(refund.Id));
        return refund.CreatedAt > clock.UtcNow() - ChargePayment.Repeatable
            ? provider.Refund(wanted, stop)
            : provider.FindRefund(wanted, stop);
    }
}
