using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.PaymentMethods;
using Gatehouse.Features.PromoCodes;
using Gatehouse.Gateways;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Upgrades;

/// <summary>
/// The upgrade itself, in the caller's transaction: tier, card, promo code, what was free, audit log and notice, all or
/// nothing. Whatever can be refused is refused before anything changes.
/// </summary>
public sealed class MoveToStandard(
    Db db, RedeemPromoCode redeem, KeepPaymentMethod keep, BeginPaying begin, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.NotLoggedIn"/> (closed meanwhile), <see cref="Reason.NotConfirmed"/>,
    /// <see cref="Reason.AlreadyUpgraded"/>, <see cref="Reason.LoginTooOld"/> (another card is there meanwhile),
    /// <see cref="Reason.CardRequired"/> or what <see cref="RedeemPromoCode"/> refuses.
    /// </summary>
    public async Task<Outcome<Done>> Run(Caller caller, Guid accountId, Move how, CancellationToken stop)
    {
        if (!await db.StillHolds(caller, accountId, stop)) return Reason.NotLoggedIn;
        var now = clock.UtcNow();
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == accountId, stop);
        if (account.EmailConfirmedAt is null) return Reason.NotConfirmed;
        if (account.Tier != Tier.Free) return Reason.AlreadyUpgraded;
        var current = await db.PaymentMethods.AsNoTracking()
            .SingleOrDefaultAsync(m => m.HolderId == accountId && m.ReplacedAt == null, stop);
        // The provider took its time: the account may have got its first card meanwhile.
        if (how.Card is not null && current is not null && !how.MayReplace) return Reason.LoginTooOld;
        if (how.Card is null && current is null && await IsUnbacked(accountId, how, now, stop))
            return Reason.CardRequired;
        if (how.PromoCode is { } code)
        {
            var fingerprint = how.Card is null ? current?.Fingerprint : keep.Fingerprint(how.Card);
            var redemption = new Redemption(accountId, account.Email, fingerprint, code);
            if ((await redeem.Run(redemption, now, stop)).Refusal is { } refused) return refused;
        }

        await Upgrade(caller, account, how, now, stop);
        return Done.It;
    }

    private async Task Upgrade(Caller caller, Account account, Move how, DateTime now, CancellationToken stop)
    {
        var moved = await db.Accounts.Confirmed()
            .Where(a => a.Id == account.Id && a.Tier == Tier.Free)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Tier, Tier.Standard), stop);
        if (moved == 0) throw new InvalidOperationException("The tier changed under the account's own lock.");
        if (how.Card is not null)
        {
            var method = await keep.Run(account.Id, how.Card, now, stop);
            var set = new AuditFact(AuditEvent.PaymentMethodSet, method.Id.ToString("D"), caller.Key?.KeyId);
            await db.Append(caller, account.Id, set, now, stop);
        }

        if (how.PromoCode is { } code)
        {
            var redeemed = new AuditFact(AuditEvent.PromoRedeemed, code, caller.Key?.KeyId);
            await db.Append(caller, account.Id, redeemed, now, stop);
        }

        var fact = new AuditFact(AuditEvent.AccountUpgraded, KeyId: caller.Key?.KeyId);
        var entry = await db.Append(caller, account.Id, fact, now, stop);
        await begin.Run(caller, account, now, stop);
        await db.PublishAccount(entry, stop);
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

/// <summary>How an account moves up.</summary>
/// <param name="Card">A card that was stored for it; null to leave what is on file.</param>
/// <param name="PromoCode">A code that was checked; null for none.</param>
/// <param name="NeedsCard">Whether it is refused without any card.</param>
/// <param name="MayReplace">Whether the owner proved that a card on file may go.</param>
public sealed record Move(StoredCard? Card, string? PromoCode, bool NeedsCard, bool MayReplace);
