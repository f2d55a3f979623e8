using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Databases;

/// <summary>
/// Ends a change of a database after it was committed: waits a while for its server, and tells how it is then.
/// </summary>
public sealed class FinishDatabase(Db db, SettleDatabase settle, DescribeDatabase describe, Settings settings)
{
    /// <summary>Refuses with <see cref="Reason.NotFound"/> when it was destroyed meanwhile.</summary>
    public async Task<Outcome<FoundDatabase>> Run(Guid id, string appName, CancellationToken stop)
    {
        await settle.Run(id, settings.Databases.Patience, stop);
        var seen = await db.AppDatabases.AsNoTracking()
            .Where(d => d.Id == id)
            .Select(d => new
            {
                Database = d,
                IsSuspended = db.Accounts.Any(a => a.Id == d.OwnerId && a.SuspendedAt != null),
            })
            .SingleOrDefaultAsync(stop);
        return seen is null
            ? Reason.NotFound
            : describe.Run(seen.Database, appName, seen.IsSuspended, mayConnect: true);
    }
}
