using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Erasure;

/// <summary>
/// Clears an address for somebody who just proved it: closed accounts that had it are erased, unconfirmed claims on it
/// die. Runs in the caller's transaction.
/// </summary>
public sealed class ReleaseAddress(Db db, EraseAccount erase)
{
    /// <summary>
    /// Never refuses; an open, confirmed account at the address makes the database refuse what follows.
    /// </summary>
    public async Task Run(string email, DateTime now, CancellationToken stop)
    {
        await db.SignUps.Where(s => s.Email == email).ExecuteDeleteAsync(stop);
        await db.Accounts.Where(a => a.Email == email && a.EmailConfirmedAt == null).ExecuteDeleteAsync(stop);
        var closed = await db.Accounts.Where(a => a.Email == email && a.ClosedAt != null).ToListAsync(stop);
        foreach (var account in closed) await erase.Run(Caller.Server, account, now, stop);
    }
}
