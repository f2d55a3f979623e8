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
    public static async Task<Money> CreditsOf(this Db db, Guid accountId, DateTime now, CancellationToken stop)
    {
        var wallet = await db.LedgerAccounts
            .Where(a => a.OwnerId == accountId && a.Kind == LedgerKind.Wallet)
            .SumAsync(a => a.Balance, stop);
        var given = await db.PromoLots
            .Where(lot => lot.OwnerId == accountId && lot.Remaining > 0)
            .Where(lot => lot.ExpiresAt == null || lot.ExpiresAt > now)
            .SumAsync(lot => lot.Remaining, stop);
        return new Money(checked(wallet + given));
    }
}
