using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Accounts;

/// <summary>
/// Ends every key, login and open link of every account: after a backup was restored, which knows nothing of what was
/// revoked since, and after a theft. Passwords, second factors and linked accounts stay. One transaction for each
/// account: whoever is killed half-way begins again.
/// </summary>
public sealed class RevokeAllAccess(Db db, EndAccess endAccess, TimeProvider clock)
{
    /// <summary>
    /// How many accounts there were. Refuses with <see cref="Reason.NotFound"/> anybody but the operator, and with
    /// <see cref="Reason.Required"/> without a reason.
    /// </summary>
    public async Task<Outcome<int>> Run(Caller caller, string? reason, CancellationToken stop)
    {
        if (caller != Caller.Operator) return Reason.NotFound;
        if (string.IsNullOrWhiteSpace(reason)) return Reason.Required;
        var ids = await db.Accounts.Where(a => a.ErasedAt == null).Select(a => a.Id).ToListAsync(stop);
        foreach (var id in ids)
        {
            await db.Write(() => Revoke(caller.Because(reason), id, stop), stop);
            db.ChangeTracker.Clear();
        }

        return ids.Count;
    }

    private async Task<Done> Revoke(Caller caller, Guid id, CancellationToken stop)
    {
        await db.Append(caller, id, new AuditFact(AuditEvent.AccessEnded), clock.UtcNow(), stop);
        await endAccess.Run(id, new Access(Keys: true), stop);
        return Done.It;
    }
}
