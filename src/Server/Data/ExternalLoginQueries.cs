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
}
