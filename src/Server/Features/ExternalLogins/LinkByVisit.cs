using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>
/// The visitor came to link an account that is logged in: in this browser, by this very login, and still. Runs in the
/// caller's transaction.
/// </summary>
public sealed class LinkByVisit(Db db, AttachIdentity attach, EndVisit end, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.InvalidToken"/> (logged out, or another login) or <see
    /// cref="Reason.AlreadyLinked"/>.
    /// </summary>
    public async Task<Outcome<Arrival>> Run(
        Caller caller, ProviderVisit visit, ProvenIdentity identity, CancellationToken stop)
    {
        var now = clock.UtcNow();
        if (caller.Session is not { } session || session.SessionId != visit.SessionId)
            return new Refusal(Reason.InvalidToken, Field.OAuth);
        await db.QueueUp(session.AccountId, stop);
        var account = await db.Sessions
            .Where(s => s.Id == session.SessionId && s.AccountId == visit.AccountId && s.ExpiresAt > now)
            .Join(db.Accounts.Confirmed(), s => s.AccountId, a => a.Id, (_, found) => found)
            .SingleOrDefaultAsync(stop);
        if (account is null) return new Refusal(Reason.InvalidToken, Field.OAuth);
        if ((await attach.Run(caller, account, identity, stop)).Refusal is { } refusal) return refusal;
        await end.Run(visit, because: null, stop);
        return new Arrival(ArrivalKind.Linked) { ReturnUrl = visit.ReturnUrl };
    }
}
