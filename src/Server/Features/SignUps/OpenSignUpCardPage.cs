using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.PaymentMethods;
using Gatehouse.Platform;

namespace Gatehouse.Features.SignUps;

/// <summary>A page of the provider's on which the card of a sign-up is entered.</summary>
public sealed class OpenSignUpCardPage(Db db, BeginCardSetup begin, MasterKey key, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.InvalidToken"/>, <see cref="Reason.Required"/> (the confirmation code comes
    /// first) or what <see cref="BeginCardSetup"/> refuses.
    /// </summary>
    public async Task<Outcome<OpenedCardSetup>> Run(string? handle, CancellationToken stop)
    {
        var signUp = await db.FindSignUp(key, handle, clock.UtcNow(), stop);
        if (signUp is null) return new Refusal(Reason.InvalidToken, Field.SignUp);
        if (signUp.ConfirmedAt is null) return new Refusal(Reason.Required, Field.ConfirmationCode);
        return await begin.Run(signUp.Id, stop);
    }
}
