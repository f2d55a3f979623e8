using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Gatehouse.Data;

/// <summary>
/// SQLite: one file, one writer at a time. Writers queue here, fairly and without polling; every transaction begins
/// IMMEDIATE, so two never find out at their end that they met.
/// </summary>
public sealed class SqliteDb(DbContextOptions<SqliteDb> options) : Db(options)
{
    private const int ConstraintUnique = 2067;
    private const int ConstraintPrimaryKey = 1555;

    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Writers = new(StringComparer.Ordinal);

    /// <summary>What belongs to every context on such a file.</summary>
    public static DbContextOptionsBuilder Use(DbContextOptionsBuilder options, string connection) => options
        .UseSqlite(connection)
        .AddInterceptors(Pragmas.OncePerConnection)
        .ReplaceService<IMigrationsSqlGenerator, StrictTables>()
        .ReplaceService<IHistoryRepository, HistoryWithoutLock>();

    /// <summary>A context on a file without the rest of the program.</summary>
    public static SqliteDb At(string connection) =>
        new((DbContextOptions<SqliteDb>)Use(new DbContextOptionsBuilder<SqliteDb>(), connection).Options);

    public override bool IsTaken(Exception error) =>
        (error as SqliteException ?? error.InnerException as SqliteException)?.SqliteExtendedErrorCode
            is ConstraintUnique or ConstraintPrimaryKey;

    /// <summary>SQLite has no clock of its own: it asks the same machine.</summary>
    public override async Task<DateTime> ReadClock(CancellationToken stop)
    {
        var rows = await Database
            .SqlQuery<string>($"SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now') AS \"Value\"").ToListAsync(stop);
        return DateTimeOffset.Parse(rows[0], System.Globalization.CultureInfo.InvariantCulture).UtcDateTime;
    }

    public override Task Checkpoint(CancellationToken stop) =>
        Database.ExecuteSqlAsync($"PRAGMA wal_checkpoint(TRUNCATE)", stop);

    public override async Task<T> ReadAtOnce<T>(Func<Task<T>> queries, CancellationToken stop)
    {
        await Database.OpenConnectionAsync(stop);
        // Deferred: a reader of the write-ahead log keeps its view and never waits for the writer.
        await using var view = ((SqliteConnection)Database.GetDbConnection()).BeginTransaction(deferred: true);
        await Database.UseTransactionAsync(view, stop);
        var answer = await queries();
        await view.CommitAsync(stop);
        return answer;
    }

    protected override bool IsCollision(Exception error) => false;

    protected override async Task<IDisposable?> TakeTurn(CancellationToken stop)
    {
        var writer = Writers.GetOrAdd(Database.GetConnectionString()!, _ => new SemaphoreSlim(1));
        await writer.WaitAsync(stop);
        return new Turn(writer);
    }

    private sealed class Turn(SemaphoreSlim writer) : IDisposable
    {
        public void Dispose() => writer.Release();
    }

    /// <summary>
    /// What every connection needs. SQLite forgets them when a connection really closes; one that comes back from the
    /// pool still has them, and asking again would cost more than most queries do.
    /// </summary>
    private sealed class Pragmas : DbConnectionInterceptor
    {
        public static readonly Pragmas OncePerConnection = new();

        private const string Statements = """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA secure_delete = ON;
            PRAGMA foreign_keys = ON;
            """;

        private readonly ConditionalWeakTable<SQLitePCL.sqlite3, object> prepared = [];

        public override void ConnectionOpened(
            System.Data.Common.DbConnection connection, ConnectionEndEventData eventData)
        {
            var handle = ((SqliteConnection)connection).Handle!;
            if (prepared.TryGetValue(handle, out _)) return;
            // EF asks read-only whether the file is there; a start that was killed may have left an empty one.
            var settings = new SqliteConnectionStringBuilder(connection.ConnectionString);
            if (settings.Mode == SqliteOpenMode.ReadOnly) return;
            using var command = connection.CreateCommand();
            command.CommandText = Statements;
            command.ExecuteNonQuery();
            prepared.AddOrUpdate(handle, this);
        }

        public override Task ConnectionOpenedAsync(
            System.Data.Common.DbConnection connection,
            ConnectionEndEventData eventData,
            CancellationToken cancellationToken = default)
        {
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
        }
    }
}
