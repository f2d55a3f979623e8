using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Gatehouse.Tests.Harness;

/// <summary>
/// Lets the process of one test's server fall over at the nth statement that it sends to its database: that statement
/// and everything behind it in the request never happens, and what was not committed is undone.
/// </summary>
public sealed class CrashPoint : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string Source = "Microsoft.EntityFrameworkCore";

    private readonly TestDatabase database;
    private readonly int step;
    private readonly List<IDisposable> subscriptions = [];
    private int seen;

    public CrashPoint(TestServer server, int step)
    {
        (database, this.step) = (server.Database, step);
        subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    /// <summary>Whether it came to that statement.</summary>
    public bool Happened => Volatile.Read(ref seen) >= step;

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name != Source) return;
        lock (subscriptions) subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key != RelationalEventId.CommandExecuting.Name) return;
        if (value.Value is not CommandEventData executing) return;
        if (IsOurs(executing) && Interlocked.Increment(ref seen) >= step)
            throw new InvalidOperationException("The process fell over.");
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        lock (subscriptions)
        {
            subscriptions.ForEach(subscription => subscription.Dispose());
            subscriptions.Clear();
        }
    }

    private bool IsOurs(CommandEventData executing) => executing.Connection is SqliteConnection sqlite
        ? database.Engine == Engine.Sqlite && sqlite.DataSource == database.File
        : database.Engine == Engine.Postgres
            && executing.Connection?.Database == new NpgsqlConnectionStringBuilder(database.Setting).Database;
}
