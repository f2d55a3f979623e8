using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Data;

/// <summary>Identities and the accounts that they open.</summary>
public static class ExternalLoginQueries
{
    /// <summary>A closed account is as if it did not exist: its identity is free for another one.</summary>
    public static Task<int> ForgetClosed(this Db db, ProvenIdentity identity, CancellationToken stop) => db
        .ExternalLogins
        .Where(l => l.Issuer == identity.Issuer && l.Subject == identity.Subject)
        .Where(l => db.Accounts.Any(a => a.Id == l.AccountId && a.ClosedAt != null))
        .ExecuteDeleteAsync(stop);

    /// <summary>
    /// Nothing but a new password opens the account any more: whoever had it before may have linked what they like. Of
    /// what was linked the owner reads in the activity. Runs in the caller's transaction, in the account's queue.
    /// </summary>
    public static async Task UnlinkAll(this Db db, Caller caller, Guid accountId, DateTime now, CancellationToken stop)
    {
        var links = await db.ExternalLogins
            .Where(l => l.AccountId == accountId).Select(l => l.Id).ToListAsync(stop);
        if (links.Count == 0) return;
        await db.ExternalLogins.Where(l => l.AccountId == accountId).ExecuteDeleteAsync(stop);
        foreach (var id in links)
        {
            var fact = new AuditFact(AuditEvent.ExternalLoginUnlinked, id.ToString("D"));
            await db.Append(caller, accountId, fact, now, stop);
        }
    }
}
