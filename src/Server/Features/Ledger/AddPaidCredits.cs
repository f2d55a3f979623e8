using Gatehouse.Data;
using Gatehouse.Domain;

namespace Gatehouse.Features.Ledger;

/// <summary>Adds credits that were paid for. Runs in the caller's transaction.</summary>
public sealed class AddPaidCredits(Db db)
{
    /// <summary>
    /// The same request key adds once. Refuses with <see cref="Reason.OutOfRange"/>,
    /// <see cref="Reason.RequestKeyReused"/>, or with <see cref="Reason.InsufficientCredits"/> when the sum would be
    /// more than a balance can hold.
    /// </summary>
    public async Task<Outcome<LedgerTransaction>> Run(
        Guid accountId, Money amount, string requestKey, DateTime now, CancellationToken stop)
    {
        if (!amount.IsBookable) return new Refusal(Reason.OutOfRange, Field.Amount);
        var request = new PostingRequest(accountId, requestKey, PostingKind.CreditsBought, $"{amount.Nanos}");
        return await new Book(db).Post(
            request,
            [new(LedgerKind.Clearing, -amount.Nanos), new(LedgerKind.Wallet, amount.Nanos)],
            now,
            stop);
    }
}
