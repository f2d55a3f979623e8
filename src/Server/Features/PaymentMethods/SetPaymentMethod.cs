using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Gateways;
using Gatehouse.Platform;

namespace Gatehouse.Features.PaymentMethods;

/// <summary>Another card for the caller's account, by the token of it. Needs a step-up.</summary>
public sealed class SetPaymentMethod(
    Db db, RequireStepUp stepUp, StoreCard storeCard, ReplacePaymentMethod replace, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.NotLoggedIn"/> (closed meanwhile), or what <see cref="RequireStepUp"/> and
    /// <see cref="StoreCard"/> refuse.
    /// </summary>
    public async Task<Outcome<PaymentMethod>> Run(Caller caller, string? token, Proof proof, CancellationToken stop)
    {
        if (!(await stepUp.Run(caller, proof, stop)).Is(out var account, out var refusal)) return refusal;
        var stored = await storeCard.Run(account.Id, token, "card", stop);
        if (!stored.Is(out var card, out refusal)) return refusal;
        return await db.Write(() => Replace(caller, account, card, stop), stop);
    }

    private async Task<Outcome<PaymentMethod>> Replace(
        Caller caller, Account account, StoredCard card, CancellationToken stop)
    {
        if (!await db.StillHolds(caller, account, stop)) return Reason.NotLoggedIn;
        return await replace.Run(caller, account.Id, card, clock.UtcNow(), stop);
    }
}
