using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Confirmations;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>
/// A sign-up whose address the provider vouched for goes on in the browser, with the choice of a tier. Every other
/// claim on that address dies. Runs in the caller's transaction.
/// </summary>
public sealed class SignUpByVisit(
    Db db, ProveAddress prove, SignUpLimits limits, MasterKey key, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.InvalidToken"/> (the visit went on or ended meanwhile) or <see
    /// cref="Reason.TooManyAttempts"/>.
    /// </summary>
    public async Task<Outcome<Arrival>> Run(Caller caller, Visitor visitor, CancellationToken stop)
    {
        var (visit, handle, now) = (visitor.Visit, OneTimeToken.NewHandle(), clock.UtcNow());
        if ((await limits.TakeProven(caller, stop)).Refusal is { } tooMany) return tooMany;
        var ended = await db.ProviderVisits
            .Where(v => v.Id == visit.Id && v.Stage == visit.Stage && v.StateHash == null).ExecuteDeleteAsync(stop);
        if (ended == 0) return new Refusal(Reason.InvalidToken, Field.OAuth);
        var signUp = SignUp.StartWithProvider(key.HashOfHandle(handle.Reveal()), caller.Address, now);
        signUp.Prove(visitor.Identity, now);
        db.SignUps.Add(signUp);
        await db.SaveChangesAsync(stop);
        await prove.Run(caller, signUp, now, stop);
        return new Arrival(ArrivalKind.SignUp) { SignUp = handle };
    }
}
