using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.PaymentMethods;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.SignUps;

/// <summary>How far the card page of a sign-up is, for the terminal that waits for it.</summary>
public sealed class ShowSignUpCardPage(Db db, FinishCardSetup finish, MasterKey key, TimeProvider clock)
{
    /// <summary>Refuses with <see cref="Reason.InvalidToken"/> or <see cref="Reason.NotFound"/>.</summary>
    public async Task<Outcome<CardSetupState>> Run(Caller caller, string? handle, Guid id, CancellationToken stop)
    {
        var signUp = await db.FindSignUp(key, handle, clock.UtcNow(), stop);
        if (signUp is null) return new Refusal(Reason.InvalidToken, Field.SignUp);
        var setup = await db.CardSetups.AsNoTracking()
            .SingleOrDefaultAsync(s => s.Id == id && s.AccountId == signUp.Id, stop);
        return setup is null ? Reason.NotFound : await finish.Run(caller, setup, stop);
    }
}
