using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Gateways;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.PaymentMethods;

/// <summary>
/// Asks the provider whether a card was entered on a page, and makes it the holder's. Asked twice at once, it happens
/// once: one conditional statement decides.
/// </summary>
public sealed class FinishCardSetup(
    Db db, PaymentProvider provider, ReplacePaymentMethod replace, KeepPaymentMethod keep, TimeProvider clock)
{
    /// <summary>How far it is. Never refuses.</summary>
    public async Task<CardSetupState> Run(Caller caller, CardSetup setup, CancellationToken stop)
    {
        if (setup.DoneAt is not null) return CardSetupState.Complete;
        var answer = await provider.FindCardPage(setup.ProviderRef, stop);
        if (answer.Value is { } card)
        {
            await db.Write(() => Finish(caller, setup, card, clock.UtcNow(), stop), stop);
            return CardSetupState.Complete;
        }

        return setup.ExpiresAt <= clock.UtcNow() ? CardSetupState.Expired : CardSetupState.Pending;
    }

    private async Task<Done> Finish(
        Caller caller, CardSetup setup, StoredCard card, DateTime now, CancellationToken stop)
    {
        var holder = setup.AccountId;
        await db.QueueUp(holder, stop);
        var done = await db.CardSetups
            .Where(s => s.Id == setup.Id && s.DoneAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.DoneAt, now), stop);
        if (done == 0) return Done.It;
        if (await db.Accounts.AnyAsync(a => a.Id == holder && a.ClosedAt == null, stop))
            await replace.Run(caller, holder, card, now, stop);
        else if (await db.SignUps.AnyAsync(s => s.Id == holder, stop))
            await keep.Run(holder, card, now, stop);
        return Done.It;
    }
}

/// <summary>How far the visit to a page is.</summary>
public enum CardSetupState
{
    /// <summary>No card was entered yet.</summary>
    Pending,

    /// <summary>The card is kept.</summary>
    Complete,

    /// <summary>Its time is over.</summary>
    Expired,
}
