using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Data;

/// <summary>What every posting reads, while its customer's books are taken.</summary>
public static class LedgerQueries
{
    /// <summary>What was booked under a request key; null when nothing was.</summary>
    public static Task<LedgerTransaction?> FindPosting(this Db db, string key, CancellationToken stop) =>
        db.LedgerTransactions.AsNoTracking().SingleOrDefaultAsync(posting => posting.RequestKey == key, stop);

    /// <summary>A customer's balances in nano-dollars; those that were never touched are missing.</summary>
    public static async Task<IReadOnlyDictionary<LedgerKind, long>> BalancesOf(
        this Db db, Guid ownerId, CancellationToken stop) =>
        await db.LedgerAccounts.AsNoTracking()
            .Where(account => account.OwnerId == ownerId)
            .ToDictionaryAsync(account => account.Kind, account => account.Balance, stop);

    /// <summary>Lots that can be spent at a moment (UTC), the first to expire first.</summary>
    public static async Task<IReadOnlyList<PromoLot>> SpendableLots(
        this Db db, Guid ownerId, DateTime now, CancellationToken stop)
    {
        var lots = await db.PromoLots.AsNoTracking()
            .Where(lot => lot.OwnerId == ownerId && lot.Remaining > 0)
            .Where(lot => lot.ExpiresAt == null || lot.ExpiresAt > now)
            .ToListAsync(stop);
        return [.. lots.OrderBy(lot => lot.ExpiresAt ?? DateTime.MaxValue).ThenBy(lot => lot.Id)];
    }
}
