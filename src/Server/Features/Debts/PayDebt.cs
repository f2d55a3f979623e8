using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Ledger;
using Gatehouse.Features.Suspensions;
using Gatehouse.Mail;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Debts;

/// <summary>
/// Books money or credits that came in for an invoice. When nothing of it is owed any more it is paid, and an account
/// that was suspended for it goes on. Runs in the caller's transaction, after the account was queued up.
/// </summary>
public sealed class PayDebt(Db db, PayReceivable receive, CreditInvoice credit, EndSuspension end, Postbox postbox)
{
    /// <summary>
    /// With a payment: whether it was taken for the invoice and those charged with it; not when less than that is owed,
    /// so that nothing is paid twice. Without: whether credits have paid all that was left. Never refuses.
    /// </summary>
    public async Task<bool> Run(
        Account account, long number, Payment? payment, DateTime now, CancellationToken stop)
    {
        var debt = await db.InvoiceDebts.AsNoTracking().SingleAsync(d => d.Number == number, stop);
        if (debt.PaidAt is not null) return payment is null;
        if (payment is not null) return await Share(account, number, payment, now, stop);
        var key = $"invoice {number} credits {now.Ticks}";
        var credited = await credit.Run(account.Id, new Money(debt.OpenNanos), key, now, stop);
        await Note(account, debt, new Part(Charged: 0, credited.Nanos), now, stop);
        return credited.Nanos == debt.OpenNanos;
    }

    private async Task<bool> Share(
        Account account, long number, Payment payment, DateTime now, CancellationToken stop)
    {
        var debts = await db.ChargedWith(account.Id, number).AsNoTracking()
            .OrderBy(d => d.Number == number ? 0 : d.Number).ToListAsync(stop);
        var left = payment.AmountNanos;
        if (left > debts.Sum(d => d.OpenNanos)) return false;
        if (await Receive(account.Id, payment, now, stop) is { } refused)
            throw new InvalidOperationException($"Payment {payment.Id:D} was not booked: {refused.Reason}");
        foreach (var debt in debts)
        {
            var charged = Math.Min(left, debt.OpenNanos);
            left -= charged;
            if (charged > 0) await Note(account, debt, new Part(charged, Credited: 0), now, stop);
        }

        return true;
    }

    private async Task Note(Account account, InvoiceDebt debt, Part part, DateTime now, CancellationToken stop)
    {
        var left = debt.OpenNanos - part.Charged - part.Credited;
        await db.InvoiceDebts.Where(d => d.Number == debt.Number).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.OpenNanos, left)
                .SetProperty(d => d.ChargedNanos, d => d.ChargedNanos + part.Charged)
                .SetProperty(d => d.CreditNanos, d => d.CreditNanos + part.Credited)
                .SetProperty(d => d.NextTryAt, d => left == 0 ? null : d.NextTryAt)
                .SetProperty(d => d.PaidAt, left == 0 ? now : (DateTime?)null),
            stop);
        if (left == 0) await Close(account, debt, now, stop);
    }

    private async Task<Refusal?> Receive(
        Guid accountId, Payment payment, DateTime now, CancellationToken stop) =>
        (await receive.Run(accountId, new Money(payment.AmountNanos), $"payment:{payment.Id:D}", now, stop)).Refusal;

    private async Task Close(Account account, InvoiceDebt debt, DateTime now, CancellationToken stop)
    {
        await db.Append(
            Caller.Server, account.Id, new AuditFact(AuditEvent.InvoicePaid, $"{debt.Number}"), now, stop);
        if (debt.Failures > 0 && account.ErasedAt is null)
            db.OutboxMails.Add(postbox.Write(account.Address, new InvoicePaidMail(debt.Number, now), now));
        // Not while another invoice is overdue.
        await end.Run(Caller.Server, account, SuspensionCause.Unpaid, now, stop);
    }

    /// <summary>What is paid of one invoice, in nano-dollars.</summary>
    private sealed record Part(long Charged, long Credited);
}
