using System.Data.Common;
using Gatehouse.Domain;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gatehouse.Data;

/// <summary>Reads the setting <c>Database</c>: <c>sqlite</c>, <c>sqlite:PATH</c>, or a PostgreSQL address.</summary>
public static class DatabaseChoice
{
    private const int SqliteSeconds = 5;

    // A command without an answer is cancelled over a connection of its own, which is tried with TLS and again without:
    // the times add up to 4 s.
    private const int CommandSeconds = 2;
    private const int ConnectSeconds = 1;
    private const int NoWaitForCancellation = -1;

    // As many as the hot paths have, several times over; each costs the server some memory in each connection.
    private const int StatementsToPrepare = 64;

    /// <summary>Makes <see cref="Db"/> the database of the setting.</summary>
    public static IServiceCollection AddDatabase(
        this IServiceCollection services, Secret database, string dataDirectory)
    {
        var text = database.Reveal();
        if (IsSqlite(text))
        {
            var connection = Sqlite(text, dataDirectory);
            services.AddDbContext<Db, SqliteDb>(
                options => SqliteDb.Use(options, connection), optionsLifetime: ServiceLifetime.Singleton);
            services.AddSingleton<HotReads>(_ => new SqliteHotReads(connection));
        }
        else
        {
            var connection = Prepared(Impatient(Postgres(text)));
            services.AddDbContext<Db, PostgresDb>(
                options => options.UseNpgsql(connection), optionsLifetime: ServiceLifetime.Singleton);
            services.AddSingleton<HotReads>(_ => new PostgresHotReads(connection));
        }

        return services;
    }

    private static bool IsSqlite(string text) =>
        text == "sqlite" || text.StartsWith("sqlite:", StringComparison.Ordinal);

    private static string Sqlite(string text, string dataDirectory)
    {
        var path = text == "sqlite" ? Path.Combine(dataDirectory, "gatehouse.db") : text["sqlite:".Length..];
        var builder = new SqliteConnectionStringBuilder
        {
            DataSource = Path.GetFullPath(path),
            DefaultTimeout = SqliteSeconds,
        };
        return builder.ConnectionString;
    }

    /// <summary>
    /// A database that hangs must not hold a request for longer than a person waits; what the operator set stays.
    /// </summary>
    private static string Impatient(string connection)
    {
        var given = new DbConnectionStringBuilder { ConnectionString = connection };
        var builder = new NpgsqlConnectionStringBuilder(connection);
        if (!given.ContainsKey("Timeout")) builder.Timeout = ConnectSeconds;
        if (!given.ContainsKey("Command Timeout")) builder.CommandTimeout = CommandSeconds;
        if (!given.ContainsKey("Cancellation Timeout")) builder.CancellationTimeout = NoWaitForCancellation;
        return builder.ConnectionString;
    }

    /// <summary>
    /// The statements that are asked again and again are parsed and planned once by each connection. What the operator
    /// set stays: a pooler between us and the server may not bear it.
    /// </summary>
    private static string Prepared(string connection)
    {
        var given = new DbConnectionStringBuilder { ConnectionString = connection };
        var builder = new NpgsqlConnectionStringBuilder(connection);
        if (!given.ContainsKey("Max Auto Prepare")) builder.MaxAutoPrepare = StatementsToPrepare;
        return builder.ConnectionString;
    }

    /// <summary>
    /// Takes Npgsql's own form, and addresses as other programs write them (postgresql.org, 34.1.1.2).
    /// </summary>
    internal static string Postgres(string text)
    {
        if (!text.StartsWith("postgres://", StringComparison.Ordinal)
            && !text.StartsWith("postgresql://", StringComparison.Ordinal)) return text;
        var url = new Uri(text);
        var user = url.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = url.Host,
            Port = url.Port > 0 ? url.Port : NpgsqlConnection.DefaultPort,
            Database = Uri.UnescapeDataString(url.AbsolutePath.TrimStart('/')),
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
        };
        foreach (var pair in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            builder[parts[0] == "sslmode" ? "SSL Mode" : parts[0]] = Uri.UnescapeDataString(parts[^1]);
        }

        return builder.ConnectionString;
    }
}
