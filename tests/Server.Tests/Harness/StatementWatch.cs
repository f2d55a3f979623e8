using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Gatehouse.Tests.Harness;

/// <summary>Is told of each statement that one test's servers send to their database, before it is sent.</summary>
public sealed class StatementWatch :
    IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string Source = "Microsoft.EntityFrameworkCore";

    private readonly TestDatabase database;
    private readonly Action<int> tell;
    private readonly List<IDisposable> subscriptions = [];
    private int seen;

    /// <summary>Tells the number of the statement, from 1. What is thrown then, its sender gets.</summary>
    public StatementWatch(TestServer server, Action<int> tell)
    {
        (database, this.tell) = (server.Database, tell);
        subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    /// <summary>How many statements were sent.</summary>
    public int Seen => Volatile.Read(ref seen);

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name != Source) return;
        lock (subscriptions) subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key != RelationalEventId.CommandExecuting.Name) return;
        if (value.Value is CommandEventData executing && IsOurs(executing)) tell(Interlocked.Increment(ref seen));
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
