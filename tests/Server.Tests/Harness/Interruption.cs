using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Gatehouse.Tests.Harness;

/// <summary>
/// Lets something happen, from its beginning to its end, right after one test's database answered the first statement
/// that reads a certain table outside a transaction: between what a request looked at and what it does then.
/// </summary>
public sealed class Interruption :
    IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string Source = "Microsoft.EntityFrameworkCore";

    private readonly TestDatabase database;
    private readonly string words;
    private readonly Func<Task> happening;
    private readonly List<IDisposable> subscriptions = [];
    private int seen;

    /// <param name="server">One node of the database.</param>
    /// <param name="words">A part of the statement.</param>
    /// <param name="happening">What happens meanwhile.</param>
    public Interruption(TestServer server, string words, Func<Task> happening)
    {
        (database, this.words, this.happening) = (server.Database, words, happening);
        subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
    }

    /// <summary>Whether it came to that statement.</summary>
    public bool Happened => Volatile.Read(ref seen) > 0;

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name != Source) return;
        lock (subscriptions) subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not CommandExecutedEventData executed || !IsOurs(executed)) return;
        if (executed.Command.Transaction is not null) return;
        if (!executed.Command.CommandText.Contains(words, StringComparison.Ordinal)) return;
        if (Interlocked.Exchange(ref seen, 1) == 0) Task.Run(happening).GetAwaiter().GetResult();
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

    private bool IsOurs(CommandExecutedEventData executed) => executed.Connection is SqliteConnection sqlite
        ? database.Engine == Engine.Sqlite && sqlite.DataSource == database.File
        : database.Engine == Engine.Postgres
            && executed.Connection.Database == new NpgsqlConnectionStringBuilder(database.Setting).Database;
}
