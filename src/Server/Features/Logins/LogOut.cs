using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Logins;

/// <summary>Revokes the key that the request presents.</summary>
public sealed class LogOut(Db db, TimeProvider clock)
{
    /// <summary>Refuses with <see cref="Reason.NotLoggedIn"/>.</summary>
    public async Task<Outcome<Done>> Run(Caller caller, CancellationToken stop) => caller.Key is { } presented
        ? await db.Write(() => Revoke(caller, presented, stop), stop)
        : Reason.NotLoggedIn;

    private async Task<Outcome<Done>> Revoke(Caller caller, PresentedKey presented, CancellationToken stop)
    {
        // Of two that revoke the same key at once, one finds it gone: both have what they asked for.
        if (await db.ApiKeys.Where(k => k.Id == presented.KeyId).ExecuteDeleteAsync(stop) == 0) return Done.It;
        var fact = new AuditFact(AuditEvent.KeyRevoked, presented.KeyId.ToString("D"), presented.KeyId);
        await db.Append(caller, presented.AccountId, fact, clock.UtcNow(), stop);
        return Done.It;
    }
}
