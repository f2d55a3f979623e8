using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Prepayments;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Invoices;

/// <summary>
/// Issues all that is on no invoice yet, until this second: an account is about to be closed. Periods that are over
/// have been invoiced before. Runs in the caller's transaction, after the account was queued up.
/// </summary>
public sealed class IssueFinalInvoice(Db db, IssueInvoice issue, ChargeUsage charge)
{
    /// <summary>The invoice; none for nothing. Never refuses.</summary>
    public async Task<Invoice?> Run(Account account, DateTime now, CancellationToken stop)
    {
        var billing = await db.Billings.AsNoTracking().SingleOrDefaultAsync(b => b.AccountId == account.Id, stop);
        if (billing is null) return null;
        var second = now.ToSecond();
        var period = BillingPeriod.Containing(account.CreatedAt, second);
        var start = Math.Max(period.StartsAt, billing.BilledUntil);
        var covers = new BillingPeriod(start, Math.Max(second, start + 1));
        if (await db.Prepaid().AnyAsync(a => a.Id == account.Id, stop)) await charge.Run(account, second, now, stop);
        var invoice = await issue.Run(account, covers, now, stop);
        await db.Billings.Where(b => b.AccountId == account.Id).ExecuteUpdateAsync(
            set => set.SetProperty(b => b.BilledUntil, covers.EndsAt)
                .SetProperty(b => b.InvoiceDueAt, (long?)null)
                .SetProperty(b => b.PrepaidDueAt, (long?)null)
                .SetProperty(b => b.CapDueAt, (long?)null),
            stop);
        return invoice;
    }
}
