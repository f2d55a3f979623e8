using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Ledger;

/// <summary>
/// Sets credits aside for something whose cost is not known yet, so that nothing else can spend them. Runs in the
/// caller's transaction.
/// </summary>
public sealed class HoldCredits(Db db)
{
    /// <summary>
    /// The hold; the same request key sets aside once. Refuses with <see cref="Reason.InsufficientCredits"/>,
    /// <see cref="Reason.OutOfRange"/> or <see cref="Reason.RequestKeyReused"/>.
    /// </summary>
    public async Task<Outcome<CreditHold>> Run(
        Guid accountId, Money amount, (string RequestKey, TimeSpan Life) hold, DateTime now, CancellationToken stop)
    {
        if (!amount.IsBookable) return new Refusal(Reason.OutOfRange, Field.Amount);
        var request = new PostingRequest(accountId, hold.RequestKey, PostingKind.CreditsHeld, $"{amount.Nanos}");
        var booked = await new Book(db).Post(
            request, had => new Allocation(db).Take(had, amount, LedgerKind.Reserved, now, stop), now, stop);
        if (!booked.Is(out var posting, out var refusal)) return refusal;
        var before = await db.CreditHolds.AsNoTracking()
            .SingleOrDefaultAsync(h => h.TransactionId == posting.Id, stop);
        return before ?? await Add(posting, amount, now + hold.Life, stop);
    }

    private async Task<CreditHold> Add(
        LedgerTransaction posting, Money amount, DateTime expiresAt, CancellationToken stop)
    {
        var made = new CreditHold
        {
            Id = posting.Id,
            OwnerId = posting.OwnerId,
            Amount = amount.Nanos,
            TransactionId = posting.Id,
            ExpiresAt = expiresAt,
        };
        db.CreditHolds.Add(made);
        await db.SaveChangesAsync(stop);
        return made;
    }
}
