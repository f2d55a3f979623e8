using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Apps;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Databases;

/// <summary>The databases of an app.</summary>
public sealed class ListDatabases(Db db, FindApp find, DescribeDatabase describe)
{
    /// <summary>
    /// The oldest first; a viewer does not get the addresses, because a password is in them. Refuses with what
    /// <see cref="FindApp"/> refuses.
    /// </summary>
    public async Task<Outcome<IReadOnlyList<FoundDatabase>>> Run(Caller caller, string? name, CancellationToken stop)
    {
        if (!(await find.Run(caller, name, AppRole.Viewer, stop)).Is(out var found, out var refusal)) return refusal;
        var app = found.App;
        var databases = await db.AppDatabases.AsNoTracking()
            .Where(database => database.AppId == app.Id).OrderBy(database => database.Id).ToListAsync(stop);
        var isSuspended = await db.Accounts.AnyAsync(a => a.Id == app.OwnerId && a.SuspendedAt != null, stop);
        return Outcome.Of<IReadOnlyList<FoundDatabase>>(
        [
            .. databases.Select(database =>
                describe.Run(database, app.Name, isSuspended, mayConnect: found.Role != AppRole.Viewer)),
        ]);
    }
}
