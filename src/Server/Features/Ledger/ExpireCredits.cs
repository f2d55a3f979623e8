using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Ledger;

/// <summary>
/// Books what time has done: open holds whose time is over are released, and what is left of lots that expired is
/// written off. Spending never waits for this; an expired lot cannot be spent in any case.
/// </summary>
public sealed class ExpireCredits(Db db, EndHold endHold, TimeProvider clock)
{
    private const int AtOnce = 100;

    /// <summary>How many holds and lots were dealt with. Never refuses.</summary>
    public async Task<int> Run(CancellationToken stop)
    {
        var now = clock.UtcNow();
        var done = 0;
        var holds = await db.CreditHolds
            .Where(hold => hold.EndedAt == null && hold.ExpiresAt <= now)
            .OrderBy(hold => hold.ExpiresAt).Select(hold => hold.Id).Take(AtOnce).ToListAsync(stop);
        foreach (var hold in holds)
            done += (await db.Write(() => endHold.Run(hold, Money.Zero, now, stop), stop)).Refusal is null ? 1 : 0;
        var lots = await db.PromoLots.AsNoTracking()
            .Where(lot => lot.Remaining > 0 && lot.ExpiresAt <= now)
            .OrderBy(lot => lot.ExpiresAt).Take(AtOnce).ToListAsync(stop);
        foreach (var lot in lots)
            done += (await db.Write(() => WriteOff(lot, now, stop), stop)).Refusal is null ? 1 : 0;
        return done;
    }

    /// <summary>
    /// A hold may give something back to a lot after it was written off; that is written off again, under a key of its
    /// own.
    /// </summary>
    private async Task<Outcome<LedgerTransaction>> WriteOff(PromoLot lot, DateTime now, CancellationToken stop)
    {
        await db.TakeLedgerChain(lot.OwnerId, stop);
        var left = await db.PromoLots.Where(l => l.Id == lot.Id).Select(l => l.Remaining).SingleAsync(stop);
        if (left == 0) return Reason.NotFound;
        var times = await db.LedgerEntries.CountAsync(e => e.LotId == lot.Id, stop);
        var request = new PostingRequest(
            lot.OwnerId, $"lot {lot.Id:D} expired {times}", PostingKind.CreditsExpired, $"{left}");
        return await new Book(db).Post(
            request, [new(LedgerKind.Promo, -left, lot.Id), new(LedgerKind.Breakage, left)], now, stop);
    }
}
