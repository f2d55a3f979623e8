using Gatehouse.Domain;
using Gatehouse.Gateways;
using Gatehouse.Platform;

namespace Gatehouse.Features.Credits;

/// <summary>
/// Takes the money of a payment that was started, and settles it. Repeating it is safe: the provider knows the payment
/// by its id. Providers forget such keys after a day, so an old payment is looked up and never charged again.
/// </summary>
public sealed class ChargePayment(PaymentProvider provider, SettlePayment settle, TimeProvider clock)
{
    internal static readonly TimeSpan Repeatable = TimeSpan.FromHours(23);

    // Another node may still be charging what this one does not find: for that long nothing is concluded from it.
    private static readonly TimeSpan Certain = TimeSpan.FromHours(24);

    /// <summary>
    /// The payment, which is paid. Refuses with <see cref="Reason.CardDeclined"/> or
    /// <see cref="Reason.PaymentPending"/>.
    /// </summary>
    public async Task<Outcome<Payment>> Run(Caller caller, Payment payment, CancellationToken stop)
    {
        if (payment.State == PaymentState.Started)
        {
            var answer = await Ask(payment, stop);
            var isOpen = answer.State == AnswerState.Missing && payment.CreatedAt > clock.UtcNow() - Certain;
            if (isOpen || answer.State == AnswerState.Unknown) return Reason.PaymentPending;
            payment = await settle.Run(caller, payment, answer, stop);
        }

        return payment.State == PaymentState.Paid
            ? payment
            : new Refusal(Reason.CardDeclined) { Text = Declines.Of(payment.Decline ?? "").Sentence };
    }

    private async Task<Answered<string>> Ask(Payment payment, CancellationToken stop)
    {
        var requestKey = $"payment:{payment.Id:D}";
        var cents = new Money(payment.AmountNanos).WholeCents;
        return payment.CreatedAt > clock.UtcNow() - Repeatable
            ? await provider.Charge(
                new ChargeToMake(payment.CustomerRef, payment.MethodRef, cents, requestKey), stop)
            : await provider.FindCharge(requestKey, stop);
    }
}
