using System.Text;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Apps;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Databases;

/// <summary>The databases of an app.</summary>
public sealed class ListDatabases(Db db, FindApp find, MasterKey key)
{
    /// <summary>
    /// The oldest first; a viewer does not get the addresses, because a password is in them. Refuses with what
    /// <see cref="FindApp"/> refuses.
    /// </summary>
    public async Task<Outcome<IReadOnlyList<FoundDatabase>>> Run(Caller caller, string? name, CancellationToken stop)
    {
        if (!(await find.Run(caller, name, AppRole.Viewer, stop)).Is(out var found, out var refusal)) return refusal;
        var databases = await db.AppDatabases.AsNoTracking()
            .Where(database => database.AppId == found.App.Id)
            .OrderBy(database => database.Id)
            .ToListAsync(stop);
        return Outcome.Of<IReadOnlyList<FoundDatabase>>(
        [
            .. databases.Select(database => new FoundDatabase(
                database, found.App.Name, found.Role == AppRole.Viewer ? null : Open(database))),
        ]);
    }

    private Secret? Open(AppDatabase database) => database.SealedUrl is { } box
        ? new Secret(Encoding.UTF8.GetString(key.Open(box, database.SealContext)))
        : null;
}

/// <summary>A database of an app.</summary>
/// <param name="Database">The database.</param>
/// <param name="AppName">The app it belongs to.</param>
/// <param name="Url">Where it is reached, with user and password; null while it is not made, or for viewers.</param>
public sealed record FoundDatabase(AppDatabase Database, string AppName, Secret? Url);
