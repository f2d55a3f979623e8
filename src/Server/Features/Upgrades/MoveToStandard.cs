using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.PaymentMethods;
using Gatehouse.Features.PromoCodes;
using Gatehouse.Gateways;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Upgrades;

/// <summary>
/// The upgrade itself, in the caller's transaction: tier, card, promo code, what was free, audit log and notice, all or
/// nothing. Whatever can be refused is refused before anything changes.
/// </summary>
public sealed class MoveToStandard(
    Db db, AllowMove allow, RedeemPromoCode redeem, KeepPaymentMethod keep, BeginPaying begin)
{
    /// <summary>Refuses what <see cref="AllowMove"/> and <see cref="RedeemPromoCode"/> refuse.</summary>
    public async Task<Outcome<Done>> Run(Caller caller, Guid accountId, Move how, CancellationToken stop)
    {
        if (!await db.StillHolds(caller, accountId, stop)) return Reason.NotLoggedIn;
        if (!(await allow.Run(accountId, how, stop)).Is(out var allowed, out var refusal)) return refusal;
        var (account, current, now) = allowed;
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
}

/// <summary>How an account moves up.</summary>
/// <param name="Card">A card that was stored for it; null to leave what is on file.</param>
/// <param name="PromoCode">A code that was checked; null for none.</param>
/// <param name="NeedsCard">Whether it is refused without any card.</param>
/// <param name="MayReplace">Whether the owner proved that a card on file may go.</param>
public sealed record Move(StoredCard? Card, string? PromoCode, bool NeedsCard, bool MayReplace);
