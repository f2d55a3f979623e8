using System.Globalization;
using Gatehouse.Data;
using Gatehouse.Domain;

namespace Gatehouse.Features.Ledger;

/// <summary>Gives credits away, as a lot of their own. Runs in the caller's transaction.</summary>
public sealed class GrantCredits(Db db)
{
    /// <summary>
    /// The same request key gives once. Refuses with <see cref="Reason.OutOfRange"/>,
    /// <see cref="Reason.RequestKeyReused"/>, or with <see cref="Reason.InsufficientCredits"/> when the sum would be
    /// more than a balance can hold.
    /// </summary>
    public async Task<Outcome<LedgerTransaction>> Run(Grant grant, DateTime now, CancellationToken stop)
    {
        if (!grant.Amount.IsBookable) return new Refusal(Reason.OutOfRange, Field.Amount);
        var expiry = grant.ExpiresAt?.ToString(AuditEntry.TimeFormat, CultureInfo.InvariantCulture);
        var wanted = $"{grant.Amount.Nanos} {expiry}";
        var request = new PostingRequest(
            grant.AccountId, grant.RequestKey, PostingKind.CreditsGranted, wanted, grant.Memo);
        return await new Book(db).Post(request, had => OpenLot(had, grant, now, stop), now, stop);
    }

    /// <summary>The lot begins empty; the posting fills it.</summary>
    private async Task<Outcome<IReadOnlyList<PostingLine>>> OpenLot(
        Balances had, Grant grant, DateTime now, CancellationToken stop)
    {
        if (had.Overflow(grant.Amount.Nanos)) return Reason.InsufficientCredits;
        var lot = new PromoLot
        {
            Id = Guid.CreateVersion7(now),
            OwnerId = grant.AccountId,
            Granted = grant.Amount.Nanos,
            Remaining = 0,
            ExpiresAt = grant.ExpiresAt,
            CreatedAt = now,
        };
        db.PromoLots.Add(lot);
        await db.SaveChangesAsync(stop);
        return new PostingLine[]
        {
            new(LedgerKind.PromoExpense, -grant.Amount.Nanos), new(LedgerKind.Promo, grant.Amount.Nanos, lot.Id),
        };
    }
}

/// <summary>Credits to be given.</summary>
/// <param name="AccountId">To whom.</param>
/// <param name="Amount">How much.</param>
/// <param name="ExpiresAt">From when on they cannot be spent (UTC); null for never.</param>
/// <param name="RequestKey">The same key gives once.</param>
/// <param name="Memo">Why; never personal data.</param>
public sealed record Grant(Guid AccountId, Money Amount, DateTime? ExpiresAt, string RequestKey, string Memo);
