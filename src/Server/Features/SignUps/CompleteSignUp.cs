using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.SignUps;

/// <summary>
/// Last step: the account, its first key and the first lines of its audit log come into being together, with its card
/// and the credits of its promo code.
/// </summary>
public sealed class CompleteSignUp(Db db, OpenAccount open, MasterKey key, TimeProvider clock)
{
    // A random user name meets an existing one about never; a taken address is still taken at the third try.
    private const int NamesToTry = 3;

    /// <summary>
    /// Refuses with <see cref="Reason.InvalidToken"/> (the sign-up, or a promo code that ran out meanwhile),
    /// <see cref="Reason.Required"/> (a step is missing), <see cref="Reason.InvalidFormat"/> (no such tier),
    /// <see cref="Reason.CardRequired"/>, or <see cref="Reason.Taken"/> when another sign-up of the same owner was
    /// faster.
    /// </summary>
    public async Task<Outcome<NewAccount>> Run(
        Caller caller, string? handle, string? tier, string? device, CancellationToken stop)
    {
        if (!ParseTier(tier).Is(out var chosen, out var refusal)) return refusal;
        try
        {
            return await db.Write(() => Complete(caller, handle, chosen, device, stop), stop, NamesToTry);
        }
        catch (Exception taken) when (db.IsTaken(taken))
        {
            return new Refusal(Reason.Taken, Field.Email);
        }
    }

    private async Task<Outcome<NewAccount>> Complete(
        Caller caller, string? handle, Tier tier, string? device, CancellationToken stop)
    {
        var signUp = await db.FindSignUp(key, handle, clock.UtcNow(), stop);
        if (signUp is null) return Missing(Reason.InvalidToken, Field.SignUp);
        // A card that comes at the same moment is there before, or refused after.
        await db.QueueUp(signUp.Id, stop);
        var hasCard = await db.PaymentMethods.AnyAsync(m => m.HolderId == signUp.Id && m.ReplacedAt == null, stop);
        // Addresses cost nothing: without a card, one person would redeem a code as often as they like.
        var needsCard = tier == Tier.Standard || signUp.PromoCode is not null;
        if (needsCard && !hasCard) return Missing(Reason.CardRequired, Field.StripeToken);
        if (signUp.ConfirmedAt is null) return Missing(Reason.Required, Field.ConfirmationCode);
        if (signUp.PasswordHash is null) return Missing(Reason.Required, Field.Password);
        // Of two last steps at once the second one waits here, and finds nothing left.
        var held = await db.SignUps
            .Where(s => s.Id == signUp.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.PromoCode, s => s.PromoCode), stop);
        if (held == 0) return Missing(Reason.InvalidToken, Field.SignUp);
        return await open.Run(caller, signUp, tier, device, stop);
    }

    private static Refusal Missing(Reason reason, Field field) => new(reason, field);

    private static Outcome<Tier> ParseTier(string? text) => text?.Trim().ToUpperInvariant() switch
    {
        null or "" => new Refusal(Reason.Required, Field.Tier),
        "FREE" => Tier.Free,
        "STANDARD" => Tier.Standard,
        _ => new Refusal(Reason.InvalidFormat, Field.Tier),
    };
}
