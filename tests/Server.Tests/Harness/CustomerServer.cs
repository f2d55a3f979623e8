using Npgsql;
using Xunit;

namespace Gatehouse.Tests.Harness;

/// <summary>
/// The server of customers' databases for the tests of one class, with a role that may make roles and databases and
/// nothing else. It writes every statement into its log.
/// </summary>
public sealed class CustomerServer : IAsyncLifetime
{
    private const string Password = "provisioner-of-the-tests";

    private PostgresCluster cluster = null!;

    /// <summary>What is on it.</summary>
    private const string Things = """
        SELECT rolname::text FROM pg_roles WHERE rolname ~ '^gatehouse_[0-9a-f]{32}$'
        UNION ALL SELECT datname::text FROM pg_database WHERE datname ~ '^gatehouse_[0-9a-f]{32}$'
        """;

    /// <summary>The setting of a server that makes databases here.</summary>
    public (string Name, string Value) Setting => ("Databases:Server", AddressOf("provisioner"));

    /// <summary>The same by its superuser.</summary>
    public (string Name, string Value) AsSuperuser => ("Databases:Server", AddressOf("postgres"));

    /// <summary>What it was told.</summary>
    public string Log => cluster.Log;

    public async ValueTask InitializeAsync()
    {
        if (PostgresCluster.Programs is null) return; // Each test says that it is missing.
        cluster = await PostgresCluster.Start("-c log_statement=all -c max_connections=200");
        await Execute($"CREATE ROLE provisioner LOGIN CREATEROLE CREATEDB PASSWORD '{Password}'");
        await Execute("REVOKE CONNECT, TEMPORARY ON DATABASE postgres, template1 FROM PUBLIC");
        await Execute("GRANT CONNECT ON DATABASE postgres TO provisioner");
    }

    public async ValueTask DisposeAsync()
    {
        if (cluster is not null) await cluster.Stop();
    }

    /// <summary>Says something to it as its superuser.</summary>
    public Task Execute(string statement) => cluster.Execute(statement);

    /// <summary>Roles and databases of customers, by name.</summary>
    public async Task<IReadOnlyList<string>> List()
    {
        await using var connection = await Open(AddressOf("postgres"));
        await using var command = new NpgsqlCommand(Things, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await reader.ReadAsync()) names.Add(reader.GetString(0));
        return names;
    }

    /// <summary>A connection by an address that a customer was shown, perhaps to another database.</summary>
    public static Task<NpgsqlConnection> Enter(string url, string? database = null)
    {
        var address = new Uri(url);
        var user = address.UserInfo.Split(':');
        return Open($"Host={address.Host};Port={address.Port};Username={user[0]};Password={user[1]};"
            + $"Database={database ?? address.AbsolutePath.TrimStart('/')};Pooling=false");
    }

    /// <summary>Why it was refused, as PostgreSQL numbers it; empty when it was not.</summary>
    public static async Task<string> Refusal(Func<Task> attempt)
    {
        try
        {
            await attempt();
            return "";
        }
        catch (PostgresException refused)
        {
            return refused.SqlState;
        }
    }

    private string AddressOf(string role) =>
        $"Host=127.0.0.1;Port={cluster.Port};Username={role};Password={Password};Database=postgres;Pooling=false";

    private static async Task<NpgsqlConnection> Open(string address)
    {
        var connection = new NpgsqlConnection(address);
        try
        {
            await connection.OpenAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}

/// <summary>Short statements of a customer.</summary>
internal static class CustomerStatements
{
    /// <summary>Says it, and how many rows it was about.</summary>
    public static async Task<int> Say(this NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first value of the answer.</summary>
    public static async Task<T> Ask<T>(this NpgsqlConnection connection, string question)
    {
        await using var command = new NpgsqlCommand(question, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
