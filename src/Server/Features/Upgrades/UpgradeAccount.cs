using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Features.PaymentMethods;
using Gatehouse.Features.PromoCodes;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Upgrades;

/// <summary>
/// Moves the caller's account from the free tier to the paid one, for good. A card that comes along is checked, and
/// nothing is charged: what is used from here on is.
/// </summary>
public sealed class UpgradeAccount(
    Db db, RequireStepUp stepUp, CheckPromoCode checkPromo, StoreUpgradeCard storeCard, MoveToStandard move)
{
    /// <summary>
    /// Refuses with <see cref="Reason.NotConfirmed"/>, <see cref="Reason.AlreadyUpgraded"/>,
    /// <see cref="Reason.CardRequired"/>, what <see cref="AllowMove"/>, <see cref="CheckPromoCode"/> and
    /// <see cref="StoreCard"/> refuse, and, where the card would take the place of another one, what
    /// <see cref="RequireStepUp"/> refuses.
    /// </summary>
    public async Task<Outcome<Done>> Run(Caller caller, UpgradeWish wish, CancellationToken stop)
    {
        if (!caller.Holder(Scope.Billing).Is(out var id, out var refusal)) return refusal;
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == id, stop);
        if (account.EmailConfirmedAt is null) return Reason.NotConfirmed;
        if (account.Tier != Tier.Free) return Reason.AlreadyUpgraded;
        var code = default(string);
        if (!string.IsNullOrWhiteSpace(wish.PromoCode)
            && !(await checkPromo.Run(caller, new PromoTry(id, account.Email, wish.PromoCode), stop))
                .Is(out code, out refusal)) return refusal;
        var hasCard = await db.PaymentMethods.AnyAsync(m => m.HolderId == id && m.ReplacedAt == null, stop);
        var brings = !string.IsNullOrWhiteSpace(wish.StripeToken);
        if (!brings && !hasCard && (wish.NeedsCard || code is not null)) return Reason.CardRequired;
        if (brings && hasCard && (await stepUp.Run(caller, wish.Proof, stop)).Refusal is { } tooOld) return tooOld;
        if (!(await storeCard.Run(id, wish.StripeToken, stop)).Is(out var card, out refusal)) return refusal;
        return await Move(caller, id, new Move(card.Stored, code, wish.NeedsCard, MayReplace: hasCard), stop);
    }

    private async Task<Outcome<Done>> Move(Caller caller, Guid id, Move how, CancellationToken stop)
    {
        try
        {
            return await db.Write(() => move.Run(caller, id, how, stop), stop);
        }
        catch (Exception taken) when (how.PromoCode is not null && db.IsTaken(taken))
        {
            return new Refusal(Reason.InvalidToken, Field.PromoCode);
        }
    }
}

/// <summary>What an upgrade is asked with.</summary>
/// <param name="StripeToken">A card; null to use the one on file.</param>
/// <param name="PromoCode">As typed; null for none.</param>
/// <param name="NeedsCard">Whether it is refused without any card; otherwise the account becomes prepaid.</param>
/// <param name="Proof">What proves that the owner asks, where the card on file is replaced.</param>
public sealed record UpgradeWish(string? StripeToken, string? PromoCode, bool NeedsCard, Proof Proof);
