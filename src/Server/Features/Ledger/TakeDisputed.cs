using Gatehouse.Data;
using Gatehouse.Domain;

namespace Gatehouse.Features.Ledger;

/// <summary>
/// Books money that a bank took back for good: what is left of paid credits goes, and the rest was earned for nothing.
/// Runs in the caller's transaction.
/// </summary>
public sealed class TakeDisputed(Db db)
{
    /// <summary>The same request key takes once. Never refuses.</summary>
    public async Task Run(Guid accountId, Money amount, string requestKey, DateTime now, CancellationToken stop)
    {
        var request = new PostingRequest(accountId, requestKey, PostingKind.PaymentDisputed, $"{amount.Nanos}");
        var booked = await new Book(db).Post(
            request, had => Task.FromResult(Outcome.Of<IReadOnlyList<PostingLine>>(Lines(had, amount))), now, stop);
        if (booked.Refusal is { } refusal) throw new InvalidOperationException($"{requestKey}: {refusal.Reason}");
    }

    private static List<PostingLine> Lines(Balances had, Money amount)
    {
        var credits = Math.Min(had[LedgerKind.Wallet], amount.Nanos);
        var lost = amount.Nanos - credits;
        List<PostingLine> lines = [new(LedgerKind.Clearing, amount.Nanos)];
        if (credits > 0) lines.Add(new PostingLine(LedgerKind.Wallet, -credits));
        if (lost > 0) lines.Add(new PostingLine(LedgerKind.Revenue, -lost));
        return lines;
    }
}
