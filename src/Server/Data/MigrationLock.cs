using Npgsql;

namespace Gatehouse.Data;

/// <summary>
/// One migration at a time, on one machine or many. Both locks belong to something that ends with the process — an open
/// file, a database session — so a kill at any point lets go of them.
/// </summary>
public static class MigrationLock
{
    // Any number that nobody else uses in this database.
    private const long AdvisoryKey = 0x6761_7465_686F_7573;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for the lock of a SQLite file.</summary>
    public static async Task<IAsyncDisposable> OfFile(string databasePath, TimeProvider clock, CancellationToken stop)
    {
        var (start, path) = (clock.GetTimestamp(), databasePath + ".migrating");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (clock.GetElapsedTime(start) < Patience)
            {
                await Task.Delay(Pause, clock, stop);
            }
        }
    }

    /// <summary>Waits for the lock of a PostgreSQL database.</summary>
    public static async Task<IAsyncDisposable> OfServer(string connectionString, CancellationToken stop)
    {
        var session = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await session.OpenAsync(stop);
        await using var command = session.CreateCommand();
        command.CommandText = "SELECT pg_advisory_lock($1)";
        command.CommandTimeout = (int)Patience.TotalSeconds;
        command.Parameters.Add(new NpgsqlParameter { Value = AdvisoryKey });
        await command.ExecuteNonQueryAsync(stop);
        return session;
    }
}
