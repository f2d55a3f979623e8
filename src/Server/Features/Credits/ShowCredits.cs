using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Credits;

/// <summary>The caller's credits: what is left, what of it expires when, and what was booked last.</summary>
public sealed class ShowCredits(Db db, TimeProvider clock)
{
    private const int MostPostings = 20;

    private static readonly LedgerKind[] Spendable = [LedgerKind.Wallet, LedgerKind.Promo];

    /// <summary>Refuses with <see cref="Reason.NotLoggedIn"/> or <see cref="Reason.ScopeMissing"/>.</summary>
    public async Task<Outcome<CreditsShown>> Run(Caller caller, CancellationToken stop)
    {
        if (!caller.Holder(Scope.Billing).Is(out var id, out var refusal)) return refusal;
        var now = clock.UtcNow();
        var lots = await db.PromoLots.AsNoTracking()
            .Where(lot => lot.OwnerId == id && lot.Remaining > 0 && (lot.ExpiresAt == null || lot.ExpiresAt > now))
            .OrderBy(lot => lot.ExpiresAt == null).ThenBy(lot => lot.ExpiresAt).ThenBy(lot => lot.Id)
            .ToListAsync(stop);
        var postings = await db.LedgerTransactions.AsNoTracking()
            .Where(posting => posting.OwnerId == id)
            .OrderByDescending(posting => posting.Sequence)
            .Take(MostPostings)
            .Select(posting => new ShownPosting(
                posting.At,
                posting.Kind,
                posting.Memo,
                new Money(db.LedgerEntries
                    .Where(e => e.TransactionId == posting.Id && e.OwnerId == id && Spendable.Contains(e.Kind))
                    .Sum(e => e.Amount))))
            .ToListAsync(stop);
        return new CreditsShown(await db.CreditsOf(id, now, stop), lots, postings);
    }
}

/// <summary>Somebody's credits.</summary>
/// <param name="Balance">What can be spent now.</param>
/// <param name="Lots">The part of it that was given, in the order in which it is spent.</param>
/// <param name="Postings">What was booked last, the newest first.</param>
public sealed record CreditsShown(
    Money Balance, IReadOnlyList<PromoLot> Lots, IReadOnlyList<ShownPosting> Postings);

/// <summary>One posting, as its customer sees it.</summary>
/// <param name="At">UTC.</param>
/// <param name="Kind">Such as <c>credits.bought</c>.</param>
/// <param name="Memo">Why, where somebody gave a reason.</param>
/// <param name="Change">By how much it changed what can be spent.</param>
public sealed record ShownPosting(DateTime At, string Kind, string Memo, Money Change);
