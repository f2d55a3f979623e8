using System.Data.Common;
using System.Diagnostics;
using Gatehouse.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Gatehouse.Tests.Harness;

/// <summary>Counts the statements that reach one test's database while it lives.</summary>
public sealed class CommandCount : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string Source = "Microsoft.EntityFrameworkCore";

    private readonly TestDatabase database;
    private readonly HotReads reads;
    private readonly long asked;
    private readonly List<IDisposable> subscriptions = [];
    private int value;

    public CommandCount(TestServer server)
    {
        (database, reads) = (server.Database, server.HotReads);
        asked = reads.Asked;
        subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public int Value => Volatile.Read(ref value) + (int)(reads.Asked - asked);

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name != Source) return;
        lock (subscriptions) subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is CommandExecutedEventData executed && IsOn(database, executed.Connection))
            Interlocked.Increment(ref this.value);
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        lock (subscriptions) subscriptions.ForEach(subscription => subscription.Dispose());
    }

    /// <summary>Says whether a connection is to that database: the listener hears every one of the process.</summary>
    public static bool IsOn(TestDatabase database, DbConnection connection) => connection is SqliteConnection sqlite
        ? database.Engine == Engine.Sqlite && sqlite.DataSource == database.File
        : database.Engine == Engine.Postgres
            && connection.Database == new NpgsqlConnectionStringBuilder(database.Setting).Database;
}
