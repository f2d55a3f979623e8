using Gatehouse.Data;
using Gatehouse.Domain;

namespace Gatehouse.Features.Ledger;

/// <summary>
/// Pays what is owed out of credits, as far as they reach in whole cents. Runs in the caller's transaction.
/// </summary>
public sealed class CreditInvoice(Db db)
{
    /// <summary>How much was paid; nothing when there are no credits. Never refuses.</summary>
    public async Task<Money> Run(
        Guid accountId, Money owed, string requestKey, DateTime now, CancellationToken stop)
    {
        await db.TakeLedgerChain(accountId, stop);
        var credits = await db.CreditsOf(accountId, now, stop);
        var paid = Money.FromCents(Math.Min(owed.WholeCents, Math.Max(0, credits.WholeCents)));
        if (paid.Nanos == 0) return paid;
        var request = new PostingRequest(accountId, requestKey, PostingKind.InvoiceCredited, $"{paid.Nanos}");
        var posted = await new Book(db).Post(
            request, had => new Allocation(db).Take(had, paid, LedgerKind.Receivable, now, stop), now, stop);
        return posted.Match(
            _ => paid, refusal => throw new InvalidOperationException($"Credits vanished: {refusal}"));
    }
}
