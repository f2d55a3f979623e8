using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Sessions;

/// <summary>Where the caller's account is logged in with a browser or a token.</summary>
public sealed class ListSessions(Db db, TimeProvider clock)
{
    /// <summary>
    /// The newest first. Refuses with <see cref="Reason.NotLoggedIn"/> or <see cref="Reason.ScopeMissing"/>.
    /// </summary>
    public async Task<Outcome<IReadOnlyList<Session>>> Run(Caller caller, CancellationToken stop)
    {
        if (!caller.Holder(Scope.AccountRead).Is(out var id, out var refusal)) return refusal;
        var now = clock.UtcNow();
        return await db.Sessions.AsNoTracking()
            .Where(s => s.AccountId == id && s.ExpiresAt > now).OrderByDescending(s => s.Id).ToListAsync(stop);
    }
}
