using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Prepayments;
using Gatehouse.Features.SpendCaps;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Invoices;

/// <summary>
/// Issues the invoice of an account's oldest period that is over and on no invoice. Whatever runs at once, one of them
/// does it and the others find it done.
/// </summary>
public sealed class IssueNextInvoice(
    Db db, IssueInvoice issue, ChargeUsage charge, EnforceSpendCap enforce, TimeProvider clock)
{
    /// <summary>Whether a period was closed, so that the next one may be due as well. Never refuses.</summary>
    public Task<bool> Run(Guid accountId, CancellationToken stop) => db.Write(() => IssueNext(accountId, stop), stop);

    private async Task<bool> IssueNext(Guid accountId, CancellationToken stop)
    {
        // Whatever uses something at this moment is done, and is seen, or waits and then counts for the next period.
        await db.QueueUp(accountId, stop);
        var now = clock.UtcNow();
        var billing = await db.Billings.AsNoTracking().SingleAsync(b => b.AccountId == accountId, stop);
        if (billing.InvoiceDueAt is not { } dueAt || dueAt > now.ToSecond()) return false;
        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == accountId, stop);
        var first = await db.Unbilled(accountId)
            .MinAsync(usage => (long?)(usage.BilledUntil ?? usage.StartsAt), stop);
        if (account is null || first is null) return await Wait(accountId, dueAt: null, stop);
        var covers = Next(account, billing, first.Value);
        if (covers.EndsAt > now.ToSecond()) return await Wait(accountId, covers.EndsAt, stop);
        await enforce.Run(account, covers.EndsAt, now, stop);
        if (await db.Prepaid().AnyAsync(a => a.Id == accountId, stop))
            await charge.Run(account, covers.EndsAt, now, stop);
        await issue.Run(account, covers, now, stop);
        await db.Billings.Where(b => b.AccountId == accountId).ExecuteUpdateAsync(
            set => set.SetProperty(b => b.BilledUntil, covers.EndsAt).SetProperty(b => b.InvoiceDueAt, covers.EndsAt),
            stop);
        return true;
    }

    /// <summary>Where the last invoice ended, or where usage began after a pause, to the end of that period.</summary>
    private static BillingPeriod Next(Account account, Billing billing, long first)
    {
        var period = BillingPeriod.Containing(account.CreatedAt, Math.Max(first, billing.BilledUntil));
        return period with { StartsAt = Math.Max(period.StartsAt, billing.BilledUntil) };
    }

    private async Task<bool> Wait(Guid accountId, long? dueAt, CancellationToken stop)
    {
        await db.Billings.Where(b => b.AccountId == accountId)
            .ExecuteUpdateAsync(set => set.SetProperty(b => b.InvoiceDueAt, dueAt), stop);
        return false;
    }
}
