using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Data;

/// <summary>
/// Brings the database to the shape that this version needs; safe to run at any time, by any number of nodes.
/// </summary>
public static class Migrator
{
    private static readonly TimeSpan LongestStep = TimeSpan.FromHours(1);

    /// <summary>Applies what is missing, under a lock; the names of what was applied.</summary>
    public static async Task<IReadOnlyList<string>> Migrate(Db db, TimeProvider clock, CancellationToken stop)
    {
        var connection = db.Database.GetConnectionString()!;
        await using var turn = db is SqliteDb
            ? await MigrationLock.OfFile(new SqliteConnectionStringBuilder(connection).DataSource, clock, stop)
            : await MigrationLock.OfServer(connection, stop);
        var pending = (await db.Database.GetPendingMigrationsAsync(stop)).ToList();
        // A large table may take long; nobody waits for an answer here.
        db.Database.SetCommandTimeout(LongestStep);
        if (pending.Count > 0) await db.Database.MigrateAsync(stop);
        return pending;
    }
}
