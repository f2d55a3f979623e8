using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Ledger;

/// <summary>Undoes a posting by its mirror image; both stay in the books. Runs in the caller's transaction.</summary>
public sealed class ReversePosting(Db db)
{
    /// <summary>
    /// Each posting can be reversed once. Refuses with <see cref="Reason.NotFound"/>,
    /// <see cref="Reason.InsufficientCredits"/> when what it gave was spent, or <see cref="Reason.NotOffered"/> for
    /// reversals themselves and for holds, which end on their own.
    /// </summary>
    public async Task<Outcome<LedgerTransaction>> Run(
        Guid postingId, string memo, DateTime now, CancellationToken stop)
    {
        var original = await db.LedgerTransactions.AsNoTracking().SingleOrDefaultAsync(t => t.Id == postingId, stop);
        if (original is null) return Reason.NotFound;
        if (original.Kind is PostingKind.Reversed or PostingKind.CreditsHeld
            or PostingKind.HoldCaptured or PostingKind.HoldReleased)
            return Reason.NotOffered;
        var request = new PostingRequest(
            original.OwnerId, $"{original.Id:D} reversed", PostingKind.Reversed, $"{original.Id:D}", memo)
        {
            ReversedId = original.Id,
        };
        return await new Book(db).Post(request, _ => Mirror(original, stop), now, stop);
    }

    private async Task<Outcome<IReadOnlyList<PostingLine>>> Mirror(LedgerTransaction original, CancellationToken stop)
    {
        var entries = await db.LedgerEntries.AsNoTracking()
            .Where(entry => entry.TransactionId == original.Id).OrderBy(entry => entry.Line).ToListAsync(stop);
        foreach (var entry in entries.Where(entry => entry.LotId is not null))
        {
            var lot = await db.PromoLots.AsNoTracking().SingleAsync(l => l.Id == entry.LotId, stop);
            var after = lot.Remaining - entry.Amount;
            if (after < 0 || after > lot.Granted) return Reason.InsufficientCredits;
        }

        return entries.Select(entry => new PostingLine(entry.Kind, -entry.Amount, entry.LotId)).ToList();
    }
}
