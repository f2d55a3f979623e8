using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Ledger;

/// <summary>
/// Ends a hold: what was used is paid, the rest goes back to where it came from. Each hold ends once. Runs in the
/// caller's transaction.
/// </summary>
public sealed class EndHold(Db db)
{
    /// <summary>
    /// Pays <paramref name="used"/> of the hold, which may be nothing or all of it. Refuses with
    /// <see cref="Reason.NotFound"/> when there is no such open hold, or <see cref="Reason.OutOfRange"/> when it holds
    /// less than that.
    /// </summary>
    public async Task<Outcome<LedgerTransaction>> Run(Guid holdId, Money used, DateTime now, CancellationToken stop)
    {
        var hold = await db.CreditHolds.AsNoTracking().SingleOrDefaultAsync(h => h.Id == holdId, stop);
        if (hold is null) return Reason.NotFound;
        if (used.Nanos < 0 || used.Nanos > hold.Amount) return new Refusal(Reason.OutOfRange, Field.Amount);
        var kind = used.Nanos == 0 ? PostingKind.HoldReleased : PostingKind.HoldCaptured;
        var request = new PostingRequest(hold.OwnerId, $"hold {hold.Id:D} ended", kind, $"{used.Nanos}");
        var ended = await new Book(db).Post(request, _ => End(hold, used, stop), now, stop);
        if (ended.Refusal is null)
            await db.CreditHolds
                .Where(h => h.Id == hold.Id && h.EndedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(h => h.EndedAt, now), stop);
        return ended;
    }

    private async Task<Outcome<IReadOnlyList<PostingLine>>> End(
        CreditHold hold, Money used, CancellationToken stop)
    {
        // Its owner's books are taken: nobody else ends it between here and the end of the transaction.
        if (!await db.CreditHolds.AnyAsync(h => h.Id == hold.Id && h.EndedAt == null, stop)) return Reason.NotFound;
        var lines = new List<PostingLine> { new(LedgerKind.Reserved, -hold.Amount) };
        if (used.Nanos > 0) lines.Add(new PostingLine(LedgerKind.Revenue, used.Nanos));
        lines.AddRange(await GiveBack(hold, used.Nanos, stop));
        return lines;
    }

    /// <summary>What was set aside last goes back first, as it would have been spent last.</summary>
    private async Task<IEnumerable<PostingLine>> GiveBack(CreditHold hold, long used, CancellationToken stop)
    {
        var sources = await db.LedgerEntries.AsNoTracking()
            .Where(entry => entry.TransactionId == hold.TransactionId && entry.Amount < 0)
            .OrderBy(entry => entry.Line)
            .ToListAsync(stop);
        var back = new List<PostingLine>();
        foreach (var source in sources)
        {
            var paid = Math.Min(used, -source.Amount);
            used -= paid;
            if (-source.Amount > paid) back.Add(new PostingLine(source.Kind, -source.Amount - paid, source.LotId));
        }

        return back;
    }
}
