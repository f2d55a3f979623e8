using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.SignUps;

/// <summary>
/// What every sign-up ends with, wherever it was made: the account and the first lines of its audit log come into being
/// together, with its card, the credits of its promo code, and the first login of whoever made it.
/// </summary>
public sealed class FinishSignUp(Db db, OpenAccount open, MasterKey key, TimeProvider clock)
{
    // A random user name meets an existing one about never; a taken address is still taken at the third try.
    private const int NamesToTry = 3;

    /// <summary>
    /// Refuses with <see cref="Reason.InvalidToken"/> (the sign-up, or a promo code that ran out meanwhile),
    /// <see cref="Reason.Required"/> (a step is missing), <see cref="Reason.InvalidFormat"/> (no such tier),
    /// <see cref="Reason.CardRequired"/>, or <see cref="Reason.Taken"/> when another sign-up of the same owner was
    /// faster.
    /// </summary>
    /// <param name="caller">Who signs up.</param>
    /// <param name="handle">Of the sign-up.</param>
    /// <param name="tier">Its name, in any case.</param>
    /// <param name="enter">Makes the first login, in the same transaction.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<Outcome<T>> Run<T>(
        Caller caller, string? handle, string? tier, Func<Account, Task<T>> enter, CancellationToken stop)
    {
        if (!ParseTier(tier).Is(out var chosen, out var refusal)) return refusal;
        try
        {
            return await db.Write(() => Finish(caller, handle, chosen, enter, stop), stop, NamesToTry);
        }
        catch (Exception taken) when (db.IsTaken(taken))
        {
            return new Refusal(Reason.Taken, Field.Email);
        }
    }

    private async Task<Outcome<T>> Finish<T>(
        Caller caller, string? handle, Tier tier, Func<Account, Task<T>> enter, CancellationToken stop)
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
        if (signUp.PasswordHash is null && signUp.Identity is null) return Missing(Reason.Required, Field.Password);
        // Of two last steps at once the second one waits here, and finds nothing left.
        var held = await db.SignUps
            .Where(s => s.Id == signUp.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.PromoCode, s => s.PromoCode), stop);
        if (held == 0) return Missing(Reason.InvalidToken, Field.SignUp);
        var opened = await open.Run(caller, signUp, tier, stop);
        return opened.Is(out var account, out var refusal) ? await enter(account) : refusal;
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
