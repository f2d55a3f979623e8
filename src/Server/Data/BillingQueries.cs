using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Data;

/// <summary>What bills are made of.</summary>
public static class BillingQueries
{
    /// <summary>All prices there ever were.</summary>
    public static async Task<PriceBook> ReadPrices(this Db db, CancellationToken stop) =>
        new(await db.PriceVersions.AsNoTracking().ToListAsync(stop));

    /// <summary>An account's intervals that invoices have not counted to their end, or counted too far.</summary>
    public static IQueryable<UsageInterval> Unbilled(this Db db, Guid accountId) => db.UsageIntervals
        .Where(usage => usage.AccountId == accountId)
        .Where(usage => usage.EndsAt == null || usage.BilledUntil == null || usage.BilledUntil != usage.EndsAt);

    /// <summary>An account's intervals of which something lies behind a second.</summary>
    public static IQueryable<UsageInterval> UsedSince(this Db db, Guid accountId, long second) => db.UsageIntervals
        .Where(usage => usage.AccountId == accountId && (usage.EndsAt == null || usage.EndsAt > second));

    /// <summary>
    /// What a payment for an invoice pays: that one, and those before it that came to too little to be charged alone.
    /// </summary>
    public static IQueryable<InvoiceDebt> ChargedWith(this Db db, Guid accountId, long number) => db.InvoiceDebts
        .Where(debt => debt.AccountId == accountId && debt.PaidAt == null)
        .Where(debt => debt.Number == number || (debt.NextTryAt == null && debt.FirstFailedAt == null));

    /// <summary>Whether an account owes an invoice whose last try has failed.</summary>
    public static Task<bool> IsOverdue(this Db db, Guid accountId, DateTime now, CancellationToken stop)
    {
        var since = InvoiceDebt.OverdueSince(now);
        return db.InvoiceDebts.AnyAsync(
            debt => debt.AccountId == accountId && debt.PaidAt == null && debt.FirstFailedAt <= since, stop);
    }

    /// <summary>Accounts that pay out of their credits: in the paid tier, without a payment method.</summary>
    public static IQueryable<Account> Prepaid(this Db db) => db.Accounts
        .Where(a => a.Tier == Tier.Standard && a.ClosedAt == null)
        .Where(a => !db.PaymentMethods.Any(m => m.HolderId == a.Id && m.ReplacedAt == null));
}
