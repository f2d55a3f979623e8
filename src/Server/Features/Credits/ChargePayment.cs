using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Gateways;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Credits;

/// <summary>
/// Takes the money of a payment that was started, and settles it. Repeating it is safe: the charge has a name at the
/// provider, which is kept here before any money is asked for under it. Providers forget requests after a day, so an
/// old payment is ended there and never charged again.
/// </summary>
public sealed class ChargePayment(Db db, PaymentProvider provider, SettlePayment settle, TimeProvider clock)
{
    internal static readonly TimeSpan Repeatable = TimeSpan.FromHours(23);

    // Another node may still be charging what this one does not find: for that long nothing is concluded from it.
    private static readonly TimeSpan Certain = TimeSpan.FromHours(24);

    /// <summary>
    /// The payment, which is paid. Refuses with <see cref="Reason.CardDeclined"/>, <see cref="Reason.PaymentPending"/>,
    /// or <see cref="Reason.PaymentToConfirm"/> while the customer's bank waits for the customer.
    /// </summary>
    public async Task<Outcome<Payment>> Run(Caller caller, Payment payment, CancellationToken stop)
    {
        if (payment.State is PaymentState.Started or PaymentState.Waiting)
        {
            var answer = await Ask(payment, stop);
            var isOpen = answer.State == AnswerState.Missing && payment.CreatedAt > clock.UtcNow() - Certain;
            if (isOpen || answer.State == AnswerState.Unknown) return Reason.PaymentPending;
            payment = await settle.Run(caller, payment, answer, stop);
            if (payment.State == PaymentState.Waiting)
                return new Refusal(Reason.PaymentToConfirm) { Link = answer.Link };
        }

        return payment.State switch
        {
            PaymentState.Paid => payment,
            PaymentState.Started or PaymentState.Waiting => Reason.PaymentPending,
            PaymentState.Quarantined => new Refusal(Reason.PaymentPending) { Text = "We are looking into it." },
            PaymentState.Declined =>
                new Refusal(Reason.CardDeclined) { Text = Declines.Of(payment.Decline ?? "").Sentence },
        };
    }

    private async Task<Answered<string>> Ask(Payment payment, CancellationToken stop)
    {
        var charge = ChargeOf(payment);
        if (payment.CreatedAt <= clock.UtcNow() - Repeatable) return await provider.EndCharge(charge, stop);
        if (charge.Name is null)
        {
            var named = await provider.NameCharge(charge, stop);
            if (named.Value is null) return named;
            charge = charge with { Name = await Keep(payment.Id, named.Value, stop) };
        }

        return await provider.Charge(charge, stop);
    }

    /// <summary>A payment as the provider is asked for it.</summary>
    internal static ChargeToMake ChargeOf(Payment payment) => new(
        payment.CustomerRef,
        payment.MethodRef,
        new Money(payment.AmountNanos).WholeCents,
        $"payment:{payment.Id:D}")
    {
        Name = payment.ChargeRef,
        WantedAt = payment.CreatedAt,
    };

    /// <summary>The name that the payment has then: of two at once the first stays.</summary>
    private async Task<string> Keep(Guid id, string name, CancellationToken stop)
    {
        await db.Write(
            () => db.Payments.Where(p => p.Id == id && p.ChargeRef == null)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.ChargeRef, name), stop),
            stop);
        return await db.Payments.Where(p => p.Id == id).Select(p => p.ChargeRef!).SingleAsync(stop);
    }
}
