using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Confirmations;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.SignUps;

/// <summary>
/// First step: claims an address and mails its owner. A taken address is answered like a fresh one, in the same time;
/// only its owner learns of it, by mail.
/// </summary>
public sealed class StartSignUp(Db db, AskForConfirmation ask, MasterKey key, SignUpLimits limits, TimeProvider clock)
{
    /// <summary>
    /// The handle that every later step repeats. Refuses with <see cref="Reason.Required"/>,
    /// <see cref="Reason.InvalidFormat"/> or <see cref="Reason.TooManyAttempts"/>.
    /// </summary>
    public async Task<Outcome<Secret>> Run(Caller caller, string? email, CancellationToken stop)
    {
        if (!EmailAddress.Parse(email).Is(out var address, out var refusal)) return refusal;
        return await db.Write(() => Start(caller, address, clock.UtcNow(), stop), stop);
    }

    private async Task<Outcome<Secret>> Start(
        Caller caller, EmailAddress address, DateTime now, CancellationToken stop)
    {
        if ((await limits.Take(caller, address, stop)).Refusal is { } tooMany) return tooMany;
        var handle = OneTimeToken.NewHandle();
        var signUp = SignUp.Start(address, key.HashOfHandle(handle.Reveal()), caller.Address, now);
        db.SignUps.Add(signUp);
        var owner = await db.Accounts.Confirmed()
            .Where(a => a.Email == address.Canonical)
            .Select(a => a.EmailSpelling).SingleOrDefaultAsync(stop);
        await ask.Run(signUp, owner, now, stop);
        return handle;
    }
}
