using Gatehouse.Data;
using Gatehouse.Domain;

namespace Gatehouse.Features.Ledger;

/// <summary>Takes credits back that should not have been given. Runs in the caller's transaction.</summary>
public sealed class TakeBackCredits(Db db)
{
    /// <summary>
    /// The same request key takes once. Refuses with <see cref="Reason.InsufficientCredits"/>,
    /// <see cref="Reason.OutOfRange"/> or <see cref="Reason.RequestKeyReused"/>.
    /// </summary>
    public async Task<Outcome<LedgerTransaction>> Run(
        Guid accountId, Money amount, (string RequestKey, string Memo) why, DateTime now, CancellationToken stop)
    {
        if (!amount.IsBookable) return new Refusal(Reason.OutOfRange, Field.Amount);
        var request = new PostingRequest(
            accountId, why.RequestKey, PostingKind.CreditsTaken, $"{amount.Nanos}", why.Memo);
        return await new Book(db).Post(
            request, had => new Allocation(db).Take(had, amount, LedgerKind.PromoExpense, now, stop), now, stop);
    }
}
