using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gatehouse.Data;

/// <summary>Looks at a database without changing it: which one it is, and how it keeps what it is told.</summary>
public static class Examination
{
    private const string SqliteDurable = "2"; // FULL
    private static readonly System.Version OldestPostgres = new(14, 0);

    // pragma_… rather than PRAGMA: a look that cannot be taken for a change.
    private const string OfSqlite = """
        SELECT (SELECT journal_mode FROM pragma_journal_mode), (SELECT synchronous FROM pragma_synchronous),
               (SELECT foreign_keys FROM pragma_foreign_keys), (SELECT secure_delete FROM pragma_secure_delete)
        """;

    private const string OfPostgres = """
        SELECT current_setting('server_version'), current_setting('fsync'), current_setting('synchronous_commit'),
               current_setting('full_page_writes'), current_setting('server_encoding'),
               pg_is_in_recovery()::text, current_setting('max_connections')
        """;

    /// <summary>What a person calls the database, without its password.</summary>
    public static string NameOf(Db db)
    {
        var connection = db.Database.GetConnectionString()!;
        if (db is SqliteDb) return $"SQLite {new SqliteConnection().ServerVersion}, {FileOf(db)}";
        var address = new NpgsqlConnectionStringBuilder(connection);
        return $"PostgreSQL, {address.Database} at {address.Host}:{address.Port}";
    }

    /// <summary>The file of a SQLite database.</summary>
    public static string FileOf(Db db) =>
        new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource;

    /// <summary>Says whether there is something to open; opening a missing SQLite file would make it.</summary>
    public static bool IsThere(Db db) =>
        db is not SqliteDb || new FileInfo(FileOf(db)) is { Exists: true, Length: > 0 };

    /// <summary>
    /// What is not as it has to be, one sentence each, and in one more what is. A SQLite file is first opened
    /// read-only: the way the server opens it would switch its journal.
    /// </summary>
    public static async Task<Examined> Run(Db db, CancellationToken stop) =>
        db is SqliteDb ? await Sqlite(db, stop) : await Postgres(db, stop);

    private static async Task<Examined> Sqlite(Db db, CancellationToken stop)
    {
        var readOnly = new SqliteConnectionStringBuilder(db.Database.GetConnectionString())
        {
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        };
        await using (var file = new SqliteConnection(readOnly.ConnectionString))
        {
            await file.OpenAsync(stop);
            if ((await Read(file, OfSqlite, stop))[0] is not "wal" and var journal)
                return new Examined([$"the journal is {journal} and not wal: the next start of serve mends it"], "");
        }

        await db.Database.OpenConnectionAsync(stop);
        var found = await Read(db.Database.GetDbConnection(), OfSqlite, stop);
        await db.Database.CloseConnectionAsync();
        List<string> wrong = [];
        if (found[1] != SqliteDurable) wrong.Add($"synchronous is {found[1]} and not FULL: a crash loses commits");
        if (found[2] != "1") wrong.Add("foreign_keys is off: rows could point at nothing");
        if (found[3] != "1") wrong.Add("secure_delete is off: what is erased stays in the file");
        return new Examined(wrong, "journal wal, synchronous FULL, foreign_keys on, secure_delete on");
    }

    private static async Task<Examined> Postgres(Db db, CancellationToken stop)
    {
        await db.Database.OpenConnectionAsync(stop);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var (found, version) = (await Read(connection, OfPostgres, stop), connection.PostgreSqlVersion);
        await db.Database.CloseConnectionAsync();
        var pool = new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()).MaxPoolSize;
        List<string> wrong = [];
        if (version < OldestPostgres) wrong.Add($"version {version} is older than {OldestPostgres}");
        if (found[1] != "on") wrong.Add("fsync is off: a crash of the machine loses the database");
        if (found[2] == "off") wrong.Add("synchronous_commit is off: a crash loses commits that were answered");
        if (found[3] != "on") wrong.Add("full_page_writes is off: a crash of the machine damages pages");
        if (found[4] != "UTF8") wrong.Add($"server_encoding is {found[4]} and not UTF8");
        if (found[5] == "true") wrong.Add("it is a standby, which takes no writes");
        var right = $"version {found[0]}, fsync on, synchronous_commit {found[2]}, full_page_writes on";
        return new Examined(wrong, $"{right}, {found[6]} connections of which a node takes up to {pool}");
    }

    private static async Task<string[]> Read(
        System.Data.Common.DbConnection connection, string question, CancellationToken stop)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Both questions are constants of this file.
        command.CommandText = question;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(stop);
        await reader.ReadAsync(stop);
        return [.. Enumerable.Range(0, reader.FieldCount).Select(i => $"{reader.GetValue(i)}")];
    }
}

/// <summary>What an examination found.</summary>
/// <param name="Wrong">A sentence for each thing that is not as it has to be.</param>
/// <param name="Right">What stands where nothing is wrong.</param>
public sealed record Examined(IReadOnlyList<string> Wrong, string Right);
