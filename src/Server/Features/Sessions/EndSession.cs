using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Sessions;

/// <summary>Ends one login, which holds everywhere from the next request on.</summary>
public sealed class EndSession(Db db, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.NotFound"/>, <see cref="Reason.NotLoggedIn"/> or
    /// <see cref="Reason.ScopeMissing"/>. Ending a login needs no step-up: it takes something away and gives nothing.
    /// </summary>
    public async Task<Outcome<Done>> Run(Caller caller, Guid sessionId, CancellationToken stop)
    {
        if (!caller.Holder(Scope.Everything).Is(out var id, out var refusal)) return refusal;
        return await db.Write(() => End(caller, id, sessionId, stop), stop);
    }

    private async Task<Outcome<Done>> End(Caller caller, Guid accountId, Guid sessionId, CancellationToken stop)
    {
        await db.QueueUp(accountId, stop);
        var ended = await db.Sessions
            .Where(s => s.AccountId == accountId && s.Id == sessionId).ExecuteDeleteAsync(stop);
        if (ended == 0) return Reason.NotFound;
        var fact = new AuditFact(AuditEvent.SessionEnded, sessionId.ToString("D"), caller.Key?.KeyId);
        await db.Append(caller, accountId, fact, clock.UtcNow(), stop);
        return Done.It;
    }
}
