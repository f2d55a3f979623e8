using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Accounts;
using Gatehouse.Tests.Harness;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using Xunit;

namespace Gatehouse.Tests.Data;

/// <summary>What a request asks finds its rows by an index, however many accounts there are.</summary>
public sealed partial class PlanTests
{
    private const string Email = "ada@example.org";

    private static readonly string[] Asked =
    [
        "/api/users", "/api/account_keys", "/api/sessions", "/api/ssh_keys", "/api/apps", "/api/apps/lighthouse",
        "/api/apps/lighthouse/domains", "/api/apps/lighthouse/permissions", "/api/apps/lighthouse/configs",
        "/api/apps/lighthouse/activity", "/api/apps/lighthouse/databases", "/api/credits", "/api/usage",
        "/api/usage/run_rate", "/api/invoices", "/api/spend_cap", "/api/activity",
    ];

    /// <summary>What an operator keeps few of may be read whole.</summary>
    private static readonly string[] Few = ["price_versions", "promo_codes"];

    [Theory, EveryDatabase]
    public async Task Statement_of_a_request_reads_no_table_from_end_to_end(Engine engine)
    {
        await using var server = await TestServer.Start(engine, AccountSteps.Roomy);
        var ada = await server.SignUp(Email);
        Assert.Equal(201, (await server.Do(ada, "POST /api/apps", new { unique_name = "lighthouse" })).Status);
        using var statements = new Statements(server.Database);
        foreach (var path in Asked) Assert.Equal((path, 200), (path, (await server.Do(ada, $"GET {path}")).Status));
        Assert.Equal(401, (await server.LogIn(Email, "a wrong password")).Status);
        Assert.Equal(200, (await server.LogIn(Email, ada.Password)).Status);
        Assert.Equal(200, (await server.Call("PUT /api/users/reset_password", new { email = Email })).Status);
        await server.Ask<FindAccount, object?>(async find => await find.Run(Caller.Operator, Email, default));
        Assert.True(statements.Seen.Count > 30, $"{statements.Seen.Count} statements were seen.");
        var scans = await server.Ask<Db, List<string>>(async db =>
        {
            List<string> found = [];
            foreach (var (text, parameters) in statements.Seen) found.AddRange(await Scans(db, text, parameters));
            return found;
        });
        Assert.Empty(scans.Distinct());
    }

    [Theory, EveryDatabase]
    public async Task Hot_statement_reads_no_table_from_end_to_end(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var now = server.Now;
        var id = Guid.CreateVersion7(now);
        Assert.Equal(5, CredentialReads.Statements.Count);
        var scans = await server.Ask<Db, List<string>>(async db =>
        {
            List<string> found = [];
            foreach (var text in CredentialReads.Statements)
            {
                var isOfKey = text.Contains("api_keys", StringComparison.Ordinal);
                (string Name, object Value)[] values =
                    [("$1", isOfKey ? new byte[32] : id), ("$2", now), ("$3", id), ("$4", "")];
                var given = values.Where(value => text.Contains(value.Name, StringComparison.Ordinal));
                found.AddRange(await Scans(
                    db, text, [.. given.Select(value => Parameter(engine, value.Name, value.Value))]));
            }

            return found;
        });
        Assert.Empty(scans);
    }

    [Theory, EveryDatabase]
    public async Task Statement_without_an_index_would_be_noticed(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var scans = await server.Ask<Db, IReadOnlyList<string>>(
            db => Scans(db, "SELECT id FROM accounts WHERE email_spelling = 'x'", []));
        Assert.Single(scans);
    }

    /// <summary>
    /// What of a statement's plan reads a table without an index. PostgreSQL prefers to do so while a table is small,
    /// unless it is told not to; then only what has no index is left.
    /// </summary>
    private static async Task<IReadOnlyList<string>> Scans(Db db, string text, IReadOnlyList<DbParameter> parameters)
    {
        await db.Database.OpenConnectionAsync();
        var connection = db.Database.GetDbConnection();
        if (connection is NpgsqlConnection) await db.Database.ExecuteSqlAsync($"SET enable_seqscan = off");
        await using var command = connection.CreateCommand();
        command.CommandText = (connection is SqliteConnection ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + text;
        foreach (var parameter in parameters) command.Parameters.Add(parameter);
        await using var reader = await command.ExecuteReaderAsync();
        var column = connection is SqliteConnection ? 3 : 0;
        var tables = db.Model.GetEntityTypes().Select(type => type.GetTableName()).ToHashSet();
        List<string> scans = [];
        while (await reader.ReadAsync())
        {
            var line = reader.GetString(column);
            if (Scan().Match(line) is not { Success: true } scan) continue;
            // SQLite calls a table by its alias, and reads what it put together itself, which has no index, alike.
            var table = Aliased(scan.Groups["name"].Value).Match(text) is { Success: true } aliased
                ? aliased.Groups["table"].Value
                : scan.Groups["name"].Value;
            if (tables.Contains(table) && !Few.Contains(table)) scans.Add($"{line.Trim()}: {text}");
        }

        return scans;
    }

    private static DbParameter Parameter(Engine engine, string name, object value) => engine == Engine.Sqlite
        ? new SqliteParameter(name, value)
        : new NpgsqlParameter { Value = value };

    private static Regex Aliased(string name) => new(
        $"\"(?<table>\\w+)\" AS \"{Regex.Escape(name)}\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    [GeneratedRegex(@"(^SCAN (?!.* USING )|Seq Scan on )(?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Scan();

    /// <summary>The statements that reach one test's database while it lives, each once.</summary>
    private sealed class Statements
        : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly TestDatabase database;
        private readonly List<IDisposable> subscriptions = [];
        private readonly ConcurrentDictionary<string, IReadOnlyList<DbParameter>> seen = new(StringComparer.Ordinal);

        public Statements(TestDatabase database)
        {
            this.database = database;
            subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));
        }

        public IReadOnlyDictionary<string, IReadOnlyList<DbParameter>> Seen => seen;

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name != "Microsoft.EntityFrameworkCore") return;
            lock (subscriptions) subscriptions.Add(value.Subscribe(this));
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Value is not CommandExecutedEventData { Command: { } command } executed) return;
            if (!CommandCount.IsOn(database, executed.Connection)) return;
            var text = command.CommandText.Trim().TrimEnd(';');
            // Several in one cannot be explained; those are inserts, by primary key.
            if (text.Contains(';') || !Explained().IsMatch(text)) return;
            seen.TryAdd(text, [.. command.Parameters.Cast<DbParameter>().Select(Copy)]);
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

        private static DbParameter Copy(DbParameter parameter) => parameter is NpgsqlParameter postgres
            ? postgres.Clone()
            : new SqliteParameter(parameter.ParameterName, parameter.Value);
    }

    [GeneratedRegex(@"^(SELECT|UPDATE|DELETE|WITH)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Explained();
}
