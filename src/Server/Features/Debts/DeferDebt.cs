using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Suspensions;
using Gatehouse.Mail;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Debts;

/// <summary>
/// Notes that an invoice could not be collected: it is tried again one, three, five and seven days after the first try,
/// and then the account is suspended. Its owner is told each time. Runs in the caller's transaction, after the account
/// was queued up.
/// </summary>
public sealed class DeferDebt(Db db, BeginSuspension suspend, Postbox postbox)
{
    /// <summary>Never refuses.</summary>
    /// <param name="account">Who owes it.</param>
    /// <param name="number">The invoice.</param>
    /// <param name="why">A sentence, such as the payment provider's.</param>
    /// <param name="now">UTC.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task Run(Account account, long number, string why, DateTime now, CancellationToken stop)
    {
        var debt = await db.InvoiceDebts.AsNoTracking().SingleAsync(d => d.Number == number, stop);
        if (debt.PaidAt is not null) return;
        var (failures, first) = (debt.Failures + 1, debt.FirstFailedAt ?? now);
        var next = InvoiceDebt.NextTry(first, now);
        await db.InvoiceDebts.Where(d => d.Number == number).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.Failures, failures)
                .SetProperty(d => d.FirstFailedAt, first)
                .SetProperty(d => d.NextTryAt, next),
            stop);
        var fact = new AuditFact(AuditEvent.InvoiceUnpaid, $"{number}");
        await db.Append(Caller.Server, account.Id, fact, now, stop);
        if (account.ErasedAt is not null) return;
        if (next is null && account.ClosedAt is null)
            await suspend.Run(Caller.Server, account, SuspensionCause.Unpaid, now, stop);
        var mail = new InvoiceUnpaidMail(number, new Money(debt.OpenNanos), why, next, now)
        {
            IsClosed = account.ClosedAt is not null,
        };
        db.OutboxMails.Add(postbox.Write(account.Address, mail, now));
    }
}
