using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.PromoCodes;
using Gatehouse.Platform;

namespace Gatehouse.Features.SignUps;

/// <summary>
/// The step in which a new customer names a promo code: it is checked now and redeemed with the last step. An empty one
/// takes it back.
/// </summary>
public sealed class ChoosePromoCode(Db db, CheckPromoCode check, MasterKey key, TimeProvider clock)
{
    /// <summary>
    /// The code in capitals; null for none. Refuses with <see cref="Reason.InvalidToken"/> (sign-up or code),
    /// <see cref="Reason.Required"/> (the confirmation code comes first) or <see cref="Reason.TooManyAttempts"/>.
    /// </summary>
    public async Task<Outcome<ChosenPromoCode>> Run(
        Caller caller, string? handle, string text, CancellationToken stop)
    {
        var signUp = await db.FindSignUp(key, handle, clock.UtcNow(), stop);
        if (signUp is null) return new Refusal(Reason.InvalidToken, Field.SignUp);
        if (signUp.ConfirmedAt is null) return new Refusal(Reason.Required, Field.ConfirmationCode);
        var code = default(string);
        if (!string.IsNullOrWhiteSpace(text)
            && !(await check.Run(caller, new PromoTry(signUp.Id, signUp.Email, text), stop))
                .Is(out code, out var refusal)) return refusal;
        return await db.Write(() => Keep(signUp, code), stop);
    }

    private static Task<Outcome<ChosenPromoCode>> Keep(SignUp signUp, string? code)
    {
        signUp.ChoosePromoCode(code);
        return Task.FromResult<Outcome<ChosenPromoCode>>(new ChosenPromoCode(code));
    }
}

/// <summary>The promo code that the last step redeems; null for none.</summary>
public sealed record ChosenPromoCode(string? Code);
