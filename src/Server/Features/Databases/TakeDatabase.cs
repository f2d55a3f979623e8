using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Apps;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Databases;

/// <summary>
/// Finds a database to do something to it on its server, as <see cref="TakeApp"/> finds an app. Runs in the caller's
/// transaction.
/// </summary>
public sealed class TakeDatabase(Db db, TakeApp take, DescribeDatabase describe)
{
    /// <summary>
    /// Refuses with <see cref="Reason.NotFound"/>, <see cref="Reason.NotOffered"/> where databases are recorded only,
    /// <see cref="Reason.Suspended"/>, or with what <see cref="FindApp"/> refuses.
    /// </summary>
    public async Task<Outcome<TakenDatabase>> Run(Caller caller, string? name, Guid id, CancellationToken stop)
    {
        if (!(await take.Run(caller, name, AppRole.Collaborator, stop)).Is(out var taken, out var refusal))
            return refusal;
        var database = await db.AppDatabases.AsNoTracking()
            .SingleOrDefaultAsync(d => d.Id == id && d.AppId == taken.App.Id, stop);
        if (database is null) return Reason.NotFound;
        if (taken.IsSuspended) return Reason.Suspended;
        var found = describe.Run(database, taken.App.Name, isSuspended: false, mayConnect: true);
        return found.Standing == DatabaseStanding.Recorded
            ? new Refusal(Reason.NotOffered) { Text = found.Note }
            : new TakenDatabase(taken, found);
    }
}

/// <summary>A database that only the caller's transaction changes now.</summary>
/// <param name="In">Its app.</param>
/// <param name="Found">The database.</param>
public sealed record TakenDatabase(TakenApp In, FoundDatabase Found);
