using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Usage;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Upgrades;

/// <summary>
/// Whether an account may move to the paid tier as it is now. Changes nothing. Runs in the caller's transaction, after
/// the account was queued up.
/// </summary>
public sealed class AllowMove(Db db, RequireRoom room, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.NotLoggedIn"/> (closed meanwhile), <see cref="Reason.NotConfirmed"/>,
    /// <see cref="Reason.AlreadyUpgraded"/>, <see cref="Reason.LoginTooOld"/> (another card is there meanwhile),
    /// <see cref="Reason.CardRequired"/>, or <see cref="Reason.SpendCapReached"/> when what becomes paid would cost
    /// more than the owner allowed.
    /// </summary>
    public async Task<Outcome<AllowedMove>> Run(Guid accountId, Move how, CancellationToken stop)
    {
        var now = clock.UtcNow();
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == accountId, stop);
        // The provider took its time: the account may have been closed, or got its first card, meanwhile.
        if (account.ClosedAt is not null) return Reason.NotLoggedIn;
        if (account.EmailConfirmedAt is null) return Reason.NotConfirmed;
        if (account.Tier != Tier.Free) return Reason.AlreadyUpgraded;
        var current = await db.PaymentMethods.AsNoTracking()
            .SingleOrDefaultAsync(m => m.HolderId == accountId && m.ReplacedAt == null, stop);
        if (how.Card is not null && current is not null && !how.MayReplace) return Reason.LoginTooOld;
        if (how.Card is null && current is null && await IsUnbacked(accountId, how, now, stop))
            return Reason.CardRequired;
        // What there is counts with its price already.
        if ((await room.Run(account, Money.Zero, stop)).Refusal is { } capped) return capped;
        return new AllowedMove(account, current, now);
    }

    /// <summary>Without card and credits nothing may begin to cost.</summary>
    private async Task<bool> IsUnbacked(Guid accountId, Move how, DateTime now, CancellationToken stop)
    {
        // Addresses cost nothing: without a card, one person would redeem a code as often as they like.
        if (how.NeedsCard || how.PromoCode is not null) return true;
        var credits = await db.CreditsOf(accountId, now, stop);
        return credits.Nanos <= 0
            && (await db.Apps.AnyAsync(a => a.OwnerId == accountId && a.Replicas > 0, stop)
                || await db.AppDatabases.AnyAsync(d => d.OwnerId == accountId, stop));
    }
}

/// <summary>An account that may move up.</summary>
/// <param name="Account">As it is.</param>
/// <param name="Current">Its card; null without one.</param>
/// <param name="Now">When that was so (UTC).</param>
public sealed record AllowedMove(Account Account, PaymentMethod? Current, DateTime Now);
