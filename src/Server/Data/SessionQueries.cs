using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Data;

/// <summary>How many logins an account keeps.</summary>
public static class SessionQueries
{
    /// <summary>
    /// When the account has too many logins for one more, those go that were not seen for longest. Stands behind an
    /// entry of the audit log, so that logins of one account queue up.
    /// </summary>
    public static async Task MakeRoomForSession(this Db db, Guid accountId, CancellationToken stop)
    {
        var surplus = await db.Sessions.CountAsync(s => s.AccountId == accountId, stop) + 1 - Session.MostPerAccount;
        if (surplus <= 0) return;
        var oldest = await db.Sessions
            .Where(s => s.AccountId == accountId).OrderBy(s => s.LastSeenAt).ThenBy(s => s.Id)
            .Select(s => s.Id).Take(surplus).ToListAsync(stop);
        await db.Sessions.Where(s => oldest.Contains(s.Id)).ExecuteDeleteAsync(stop);
    }
}
