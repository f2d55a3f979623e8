using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Data;

/// <summary>What is left of somebody's credits.</summary>
public static class CreditQueries
{
    /// <summary>
    /// What the account can spend at a moment (UTC): what was paid for and what was given and has not expired. What is
    /// set aside by holds is not in it.
    /// </summary>
    public static async Task<Money> CreditsOf(this Db db, Guid accountId, DateTime now, CancellationToken stop) =>
        new(await db.SpendableOf(accountId, now).SumAsync(stop));

    /// <summary>The same in nano-dollars, part by part: their sum can stand within another query.</summary>
    public static IQueryable<long> SpendableOf(this Db db, Guid accountId, DateTime now) => db.LedgerAccounts
        .Where(a => a.OwnerId == accountId && a.Kind == LedgerKind.Wallet)
        .Select(a => a.Balance)
        .Concat(db.PromoLots
            .Where(lot => lot.OwnerId == accountId && lot.Remaining > 0)
            .Where(lot => lot.ExpiresAt == null || lot.ExpiresAt > now)
            .Select(lot => lot.Remaining));
}
