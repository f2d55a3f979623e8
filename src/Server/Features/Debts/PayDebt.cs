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
    /// With a payment: whether it was taken for the invoice; not when less than that is owed, so that nothing is paid
    /// twice. Without: whether credits have paid all that was left. Never refuses.
    /// </summary>
    public async Task<bool> Run(
        Account account, long number, Payment? payment, DateTime now, CancellationToken stop)
    {
        var debt = await db.InvoiceDebts.AsNoTracking().SingleAsync(d => d.Number == number, stop);
        if (debt.PaidAt is not null) return payment is null;
        var open = new Money(debt.OpenNanos);
        if (payment?.AmountNanos > open.Nanos) return false;
        if (payment is not null && await Receive(account.Id, payment, now, stop) is { } refused)
            throw new InvalidOperationException($"Payment {payment.Id:D} was not booked: {refused.Reason}");
        var charged = payment?.AmountNanos ?? 0;
        var credited = payment is null
            ? (await credit.Run(account.Id, open, $"invoice {number} credits {now.Ticks}", now, stop)).Nanos
            : 0;
        var left = open.Nanos - charged - credited;
        await db.InvoiceDebts.Where(d => d.Number == number).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.OpenNanos, left)
                .SetProperty(d => d.ChargedNanos, d => d.ChargedNanos + charged)
                .SetProperty(d => d.CreditNanos, d => d.CreditNanos + credited)
                .SetProperty(d => d.NextTryAt, d => left == 0 ? null : d.NextTryAt)
                .SetProperty(d => d.PaidAt, left == 0 ? now : (DateTime?)null),
            stop);
        if (left == 0) await Close(account, debt, now, stop);
        return payment is not null || left == 0;
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
}
