using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Confirmations;

/// <summary>
/// A new code and link for the newest claim that waits at an address; the ones before are void. Every well-formed
/// address gets the same answer, at the same cost, whatever waits there and however often it was asked.
/// </summary>
public sealed class ResendConfirmation(Db db, AskForConfirmation ask, MailLimits limits, TimeProvider clock)
{
    /// <summary>Refuses with <see cref="Reason.Required"/> or <see cref="Reason.InvalidFormat"/>.</summary>
    public async Task<Outcome<Done>> Run(Caller caller, string? email, CancellationToken stop)
    {
        if (!EmailAddress.Parse(email).Is(out var address, out var refusal)) return refusal;
        return await db.Write(() => Resend(caller, address, clock.UtcNow(), stop), stop);
    }

    private async Task<Outcome<Done>> Resend(
        Caller caller, EmailAddress address, DateTime now, CancellationToken stop)
    {
        var allowed = await limits.Allow("confirmation", caller, address, stop);
        var claim = await db.SignUps.Waiting(address.Canonical, now).FirstOrDefaultAsync(stop);
        // A hollow claim has no code: its owner was told already, and is not told again by every resend. Where nothing
        // waits, the same is done for a stand-in: neither answer comes any faster.
        var asked = allowed && claim is { CodeHash: not null }
            ? claim
            : SignUp.Start(address, handleHash: [], caller.Address, now);
        return await ask.Run(asked, owner: null, now, stop);
    }
}
