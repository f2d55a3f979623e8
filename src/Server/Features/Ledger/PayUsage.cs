using Gatehouse.Data;
using Gatehouse.Domain;

namespace Gatehouse.Features.Ledger;

/// <summary>
/// Pays for usage out of somebody's credits while the time passes, before it is on an invoice. Runs in the caller's
/// transaction.
/// </summary>
public sealed class PayUsage(Db db)
{
    /// <summary>
    /// The same request key pays once. Refuses with <see cref="Reason.InsufficientCredits"/>: all of it is paid or
    /// nothing; <see cref="Reason.OutOfRange"/> or <see cref="Reason.RequestKeyReused"/>.
    /// </summary>
    public async Task<Outcome<LedgerTransaction>> Run(
        Guid accountId, Money amount, string requestKey, DateTime now, CancellationToken stop)
    {
        if (!amount.IsBookable) return new Refusal(Reason.OutOfRange, Field.Amount);
        var request = new PostingRequest(accountId, requestKey, PostingKind.UsageCharged, $"{amount.Nanos}");
        return await new Book(db).Post(
            request, had => new Allocation(db).Take(had, amount, LedgerKind.Revenue, now, stop), now, stop);
    }
}
