using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.PaymentMethods;
using Gatehouse.Gateways;
using Gatehouse.Platform;

namespace Gatehouse.Features.SignUps;

/// <summary>
/// The step that brings a card. It is the sign-up's until the account exists, and goes with it otherwise.
/// </summary>
public sealed class AddSignUpCard(
    Db db, StoreCard storeCard, KeepPaymentMethod keep, MasterKey key, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.InvalidToken"/>, <see cref="Reason.Required"/> (the confirmation code comes
    /// first) or what <see cref="StoreCard"/> refuses.
    /// </summary>
    public async Task<Outcome<Done>> Run(string? handle, string? token, CancellationToken stop)
    {
        var now = clock.UtcNow();
        var signUp = await db.FindSignUp(key, handle, now, stop);
        if (signUp is null) return new Refusal(Reason.InvalidToken, Field.SignUp);
        if (signUp.ConfirmedAt is null) return new Refusal(Reason.Required, Field.ConfirmationCode);
        var stored = await storeCard.Run(signUp.Id, token, $"card:{Guid.CreateVersion7(now):D}", stop);
        if (!stored.Is(out var card, out var refusal)) return refusal;
        return await db.Write(() => Keep(signUp.Id, card, now, stop), stop);
    }

    private async Task<Outcome<Done>> Keep(Guid signUpId, StoredCard card, DateTime now, CancellationToken stop)
    {
        await keep.Run(signUpId, card, now, stop);
        return Done.It;
    }
}
