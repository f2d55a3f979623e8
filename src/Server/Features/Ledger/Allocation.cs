using Gatehouse.Data;
using Gatehouse.Domain;

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
        Balances of, Money amount, LedgerKind to, DateTime now, CancellationToken stop) =>
        (await Draw(of, amount, now, stop)).Is(out var lines, out var refusal)
            ? Outcome.Of<IReadOnlyList<PostingLine>>([.. lines, new PostingLine(to, amount.Nanos)])
            : refusal;

    /// <summary>The same without the line that says where to.</summary>
    public async Task<Outcome<IReadOnlyList<PostingLine>>> Draw(
        Balances of, Money amount, DateTime now, CancellationToken stop)
    {
        var (lines, left) = (new List<PostingLine>(), amount.Nanos);
        foreach (var lot in await db.SpendableLots(of.OwnerId, now, stop))
        {
            if (left == 0) break;
            var taken = Math.Min(left, lot.Remaining);
            lines.Add(new PostingLine(LedgerKind.Promo, -taken, lot.Id));
            left -= taken;
        }

        if (left > 0)
        {
            if (of[LedgerKind.Wallet] < left) return Reason.InsufficientCredits;
            lines.Add(new PostingLine(LedgerKind.Wallet, -left));
        }

        return lines;
    }
}
