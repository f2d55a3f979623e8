using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Ledger;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Credits;

/// <summary>
/// Pays a payment back, by the operator, for a reason that its owner can read. The credits are taken with the row that
/// says what is wanted, before the provider hears of it: were they taken afterwards, they could be spent in between,
/// and the money would be gone twice. Whatever falls over after that, <see cref="SettleRefunds"/> goes on from there.
/// </summary>
public sealed class RefundPayment(Db db, TakePaidCredits takeCredits, PayRefund pay, TimeProvider clock)
{
    /// <summary>
    /// The refund, which is paid. Refuses with <see cref="Reason.NotFound"/> when there is no such payment that was
    /// paid, <see cref="Reason.NotOffered"/> for one that paid an invoice, which bought no credits that could be taken,
    /// <see cref="Reason.Required"/> without a reason, <see cref="Reason.OutOfRange"/> for an amount that is not
    /// whole cents or more than is left of the payment, <see cref="Reason.InsufficientCredits"/> when the credits were
    /// spent, <see cref="Reason.Ambiguous"/> while another refund of the payment is under way, or with what
    /// <see cref="PayRefund"/> refuses. Repeating one that is under way goes on with it.
    /// </summary>
    public async Task<Outcome<Refund>> Run(Caller caller, WantedRefund wanted, CancellationToken stop)
    {
        if (caller != Caller.Operator) return Reason.NotFound;
        if (string.IsNullOrWhiteSpace(wanted.Reason)) return Reason.Required;
        var payment = await db.Payments.AsNoTracking()
            .SingleOrDefaultAsync(p => p.Id == wanted.PaymentId && p.State == PaymentState.Paid, stop);
        if (payment is null) return Reason.NotFound;
        if (payment.Purpose == PaymentPurpose.Invoice) return Reason.NotOffered;
        var started = await db.Write(() => Start(payment, wanted, stop), stop);
        return started.Is(out var refund, out var refusal) ? await pay.Run(refund, stop) : refusal;
    }

    private async Task<Outcome<Refund>> Start(Payment payment, WantedRefund wanted, CancellationToken stop)
    {
        await db.QueueUp(payment.AccountId, stop);
        var open = await db.Refunds.AsNoTracking()
            .SingleOrDefaultAsync(r => r.PaymentId == payment.Id && r.State == RefundState.Started, stop);
        if (open is not null)
            return wanted.Amount is { } asked && asked.Nanos != open.AmountNanos ? Reason.Ambiguous : open;
        var left = await db.Payments.Where(p => p.Id == payment.Id)
            .Select(p => p.AmountNanos - p.RefundedNanos).SingleAsync(stop);
        var amount = wanted.Amount ?? new Money(left);
        if (!amount.IsBookable || amount.Nanos > left || Money.FromCents(amount.WholeCents) != amount)
            return new Refusal(Reason.OutOfRange, Field.Amount) { Text = $"must be whole cents up to {Left(left)}" };
        var (id, now) = (Guid.CreateVersion7(clock.UtcNow()), clock.UtcNow());
        var taken = await takeCredits.Run(payment.AccountId, amount, Refund.RequestKeyOf(id), now, stop);
        if (!taken.Is(out var posting, out var refusal)) return refusal;
        await Count(payment.Id, amount.Nanos, stop);
        var refund = new Refund
        {
            Id = id,
            PaymentId = payment.Id,
            AccountId = payment.AccountId,
            ChargeRef = payment.ChargeRef!,
            AmountNanos = amount.Nanos,
            State = RefundState.Started,
            Reason = wanted.Reason,
            PostingId = posting.Id,
            CreatedAt = now,
        };
        db.Refunds.Add(refund);
        return refund;
    }

    private static string Left(long nanos) => Amount.Write(new Money(nanos));

    /// <summary>Other refunds wait for this one; should one not, nothing of this one stays.</summary>
    private async Task Count(Guid paymentId, long nanos, CancellationToken stop)
    {
        var counted = await db.Payments
            .Where(p => p.Id == paymentId && p.AmountNanos - p.RefundedNanos >= nanos)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.RefundedNanos, p => p.RefundedNanos + nanos), stop);
        if (counted == 0) throw new InvalidOperationException($"Another refund of {paymentId:D} did not wait.");
    }
}

/// <summary>What the operator wants paid back.</summary>
/// <param name="PaymentId">Of which payment.</param>
/// <param name="Amount">How much; null for all that is left of it.</param>
/// <param name="Reason">Why; the owner sees it.</param>
public sealed record WantedRefund(Guid PaymentId, Money? Amount, string Reason);
