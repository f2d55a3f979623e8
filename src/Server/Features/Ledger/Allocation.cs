using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Ledger;

/// <summary>
/// Which credits are spent: given ones first, those that expire first before the others, then paid-for ones. To be
/// called while the customer's books are taken.
/// </summary>
internal sealed class Allocation(Db db)
{
    /// <summary>
    /// Lines that take an amount from somebody's credits and put it elsewhere. Refuses with
    /// <see cref="Reason.InsufficientCredits"/>; nothing of a lot that has expired is ever taken.
    /// </summary>
    public async Task<Outcome<IReadOnlyList<PostingLine>>> Take(
        Guid ownerId, Money amount, LedgerKind to, DateTime now, CancellationToken stop)
    {
        var (lines, left) = (new List<PostingLine>(), amount.Nanos);
        foreach (var lot in await SpendableLots(ownerId, now, stop))
        {
            if (left == 0) break;
            var taken = Math.Min(left, lot.Remaining);
            lines.Add(new PostingLine(LedgerKind.Promo, -taken, lot.Id));
            left -= taken;
        }

        if (left > 0)
        {
            if (await WalletOf(ownerId, stop) < left) return Reason.InsufficientCredits;
            lines.Add(new PostingLine(LedgerKind.Wallet, -left));
        }

        lines.Add(new PostingLine(to, amount.Nanos));
        return lines;
    }

    private async Task<IReadOnlyList<PromoLot>> SpendableLots(Guid ownerId, DateTime now, CancellationToken stop)
    {
        var lots = await db.PromoLots.AsNoTracking()
            .Where(lot => lot.OwnerId == ownerId && lot.Remaining > 0)
            .Where(lot => lot.ExpiresAt == null || lot.ExpiresAt > now)
            .ToListAsync(stop);
        return [.. lots.OrderBy(lot => lot.ExpiresAt ?? DateTime.MaxValue).ThenBy(lot => lot.Id)];
    }

    private Task<long> WalletOf(Guid ownerId, CancellationToken stop) => db.LedgerAccounts
        .Where(account => account.OwnerId == ownerId && account.Kind == LedgerKind.Wallet)
        .SumAsync(account => account.Balance, stop);
}
