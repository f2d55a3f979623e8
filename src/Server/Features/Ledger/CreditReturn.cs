using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Ledger;

/// <summary>
/// Where credits go that an account gets back for what it paid too much: to where they came from, what was spent last
/// first. So given credits stay given, with their expiry, and can never be paid out. To be called while the customer's
/// books are taken.
/// </summary>
internal sealed class CreditReturn(Db db)
{
    private static readonly string[] Paying =
    [
        PostingKind.UsageCharged, PostingKind.InvoiceIssued, PostingKind.InvoiceCredited, PostingKind.InvoicePaid,
    ];

    /// <summary>Lines that give an amount back. What a payment method paid comes back as paid-for credits.</summary>
    public async Task<IReadOnlyList<PostingLine>> Give(Guid ownerId, long nanos, CancellationToken stop)
    {
        var (back, room) = (new Dictionary<Guid, long>(), new Dictionary<Guid, long>());
        var (left, paid, before) = (nanos, 0L, 0L);
        await foreach (var (lotId, spent, gone) in Spent(ownerId, stop))
        {
            if (left == 0) break;
            // What came back before cannot come back once more.
            if (spent < 0) before -= spent;
            var free = lotId is { } of ? room.GetValueOrDefault(of, gone) : Math.Max(0, spent - before);
            var part = Math.Min(left, Math.Min(Math.Max(0, spent), free));
            left -= part;
            if (lotId is { } lot) (room[lot], back[lot]) = (free - part, back.GetValueOrDefault(lot) + part);
            else paid += part;
            if (lotId is null && spent > 0) before = Math.Max(0, before - spent);
        }

        var lines = back.Where(lot => lot.Value > 0)
            .Select(lot => new PostingLine(LedgerKind.Promo, lot.Value, lot.Key)).ToList();
        if (paid + left > 0) lines.Add(new PostingLine(LedgerKind.Wallet, paid + left));
        return lines;
    }

    /// <summary>
    /// What was paid for usage, the last first: the lot, if it was given, how much, and how much of the lot is gone.
    /// Below zero what came back of paid-for credits.
    /// </summary>
    private async IAsyncEnumerable<(Guid? LotId, long Spent, long Gone)> Spent(
        Guid ownerId, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        var entries = db.LedgerTransactions
            .Where(posting => posting.OwnerId == ownerId && Paying.Contains(posting.Kind))
            .Join(db.LedgerEntries, p => p.Id, e => e.TransactionId, (p, e) => new { p.Sequence, Entry = e })
            .Where(both => both.Entry.Kind == LedgerKind.Wallet || (both.Entry.Amount < 0
                && (both.Entry.Kind == LedgerKind.Promo || both.Entry.Kind == LedgerKind.Clearing)))
            .OrderByDescending(both => both.Sequence).ThenByDescending(both => both.Entry.Line)
            .Select(both => new
            {
                both.Entry.LotId,
                both.Entry.Amount,
                Gone = db.PromoLots.Where(l => l.Id == both.Entry.LotId).Sum(l => l.Granted - l.Remaining),
            });
        await foreach (var entry in entries.AsAsyncEnumerable().WithCancellation(stop))
            yield return (entry.LotId, -entry.Amount, entry.Gone);
    }
}
