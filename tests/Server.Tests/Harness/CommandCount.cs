using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Gatehouse.Tests.Harness;

/// <summary>Counts the statements that reach one test's database while it lives.</summary>
public sealed class CommandCount : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string Source = "Microsoft.EntityFrameworkCore";

    private readonly TestDatabase database;
    private readonly List<IDisposable> subscriptions = [];
    private int value;

    public CommandCount(TestServer server)
    {
        database = server.Database;
        subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    public int Value => Volatile.Read(ref value);

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name != Source) return;
        lock (subscriptions) subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is CommandExecutedEventData executed && IsOurs(executed)) Interlocked.Increment(ref this.value);
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

    /// <summary>The listener hears every database of the process, of both kinds.</summary>
    private bool IsOurs(CommandExecutedEventData executed) => executed.Connection is SqliteConnection sqlite
        ? database.Engine == Engine.Sqlite && sqlite.DataSource == database.File
        : database.Engine == Engine.Postgres
            && executed.Connection.Database == new NpgsqlConnectionStringBuilder(database.Setting).Database;
}
