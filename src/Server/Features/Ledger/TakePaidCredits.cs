using Gatehouse.Data;
using Gatehouse.Domain;

namespace Gatehouse.Features.Ledger;

/// <summary>
/// Takes credits that were paid for away, because the money is paid back. Runs in the caller's transaction.
/// </summary>
public sealed class TakePaidCredits(Db db)
{
    /// <summary>
    /// The same request key takes once. Refuses with <see cref="Reason.InsufficientCredits"/> when they were spent
    /// already, <see cref="Reason.OutOfRange"/> or <see cref="Reason.RequestKeyReused"/>.
    /// </summary>
    public async Task<Outcome<LedgerTransaction>> Run(
        Guid accountId, Money amount, string requestKey, DateTime now, CancellationToken stop)
    {
        if (!amount.IsBookable) return new Refusal(Reason.OutOfRange, Field.Amount);
        var request = new PostingRequest(accountId, requestKey, PostingKind.CreditsRefunded, $"{amount.Nanos}");
        return await new Book(db).Post(
            request,
            [new(LedgerKind.Wallet, -amount.Nanos), new(LedgerKind.Clearing, amount.Nanos)],
            now,
            stop);
    }
}
