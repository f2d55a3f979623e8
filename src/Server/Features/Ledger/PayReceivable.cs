using Gatehouse.Data;
using Gatehouse.Domain;

namespace Gatehouse.Features.Ledger;

/// <summary>Books that money came in for what is owed. Runs in the caller's transaction.</summary>
public sealed class PayReceivable(Db db)
{
    /// <summary>
    /// The same request key books once. Refuses with <see cref="Reason.OutOfRange"/> or
    /// <see cref="Reason.RequestKeyReused"/>.
    /// </summary>
    public async Task<Outcome<LedgerTransaction>> Run(
        Guid accountId, Money amount, string requestKey, DateTime now, CancellationToken stop)
    {
        if (!amount.IsBookable) return new Refusal(Reason.OutOfRange, Field.Amount);
        var request = new PostingRequest(accountId, requestKey, PostingKind.InvoicePaid, $"{amount.Nanos}");
        return await new Book(db).Post(
            request,
            [new(LedgerKind.Clearing, -amount.Nanos), new(LedgerKind.Receivable, amount.Nanos)],
            now,
            stop);
    }
}
