using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Gatehouse.Data;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresCluster.AtTheEnd))]

namespace Gatehouse.Tests.Harness;

/// <summary>
/// A PostgreSQL server of our own: started when the first test asks for it, on a free port and in a fresh folder, and
/// stopped when the last test is done. Each test gets a database, copied from a migrated one.
/// </summary>
public sealed class PostgresCluster
{
    public const string Missing = "PostgreSQL is not installed: apt-get install postgresql.";
    private const string Template = "gatehouse_template";

    // Nothing here has to survive: what a crash of the machine would lose is not worth waiting for. Nor does anything
    // live long enough to be vacuumed, and hundreds of databases would be visited in vain.
    private const string Options =
        "-c listen_addresses=127.0.0.1 -c max_connections=1000 -c fsync=off -c full_page_writes=off "
        + "-c synchronous_commit=off -c autovacuum=off -c jit=off -c max_wal_size=8GB -c checkpoint_timeout=1h";

    private const string WhoMayEnter = """
        local all all trust
        host all postgres 127.0.0.1/32 trust
        host all all 127.0.0.1/32 scram-sha-256

        """;

    private static readonly Lazy<Task<PostgresCluster>> Running = new(StartWithTemplate);
    private static int databases;
    private readonly string folder;
    private readonly int port;

    private PostgresCluster(string folder, int port) => (this.folder, this.port) = (folder, port);

    /// <summary>The folder of initdb and pg_ctl; null when PostgreSQL is not installed.</summary>
    public static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Order().Select(version => Path.Combine(version, "bin"))
            .LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
        : null;

    /// <summary>The connection string of a new, migrated database.</summary>
    public static async Task<string> CreateDatabase()
    {
        var cluster = await Running.Value;
        var name = $"gatehouse_{Interlocked.Increment(ref databases)}";
        await cluster.Execute($"CREATE DATABASE {name} TEMPLATE {Template}");
        return cluster.Address(name);
    }

    /// <summary>
    /// One more server, to which only its superuser comes without a password; whoever started it stops it.
    /// </summary>
    public static async Task<PostgresCluster> Start(string options = "")
    {
        var folder = await Run("mktemp", "-d", "-t", "gatehouse-postgres-XXXXXX");
        var cluster = new PostgresCluster(folder, FreePort());
        await Run(Program("initdb"), "-D", folder, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync");
        await File.WriteAllTextAsync(Path.Combine(folder, "pg_hba.conf"), WhoMayEnter);
        await Run(
            Program("pg_ctl"), "start", "-w", "-s", "-D", folder, "-l", Path.Combine(folder, "log"),
            "-o", $"{Options} {options} -p {cluster.port} -k {folder}");
        return cluster;
    }

    private static async Task<PostgresCluster> StartWithTemplate()
    {
        var cluster = await Start();
        await cluster.Execute($"CREATE DATABASE {Template}");
        var template = cluster.Address(Template);
        await using var db = new PostgresDb(new DbContextOptionsBuilder<PostgresDb>().UseNpgsql(template).Options);
        await Migrator.Migrate(db, TimeProvider.System, CancellationToken.None);
        TestDatabase.CloseIdle(db);
        return cluster;
    }

    /// <summary>What the server wrote into its log.</summary>
    public string Log => File.ReadAllText(Path.Combine(folder, "log"));

    /// <summary>The port on this machine.</summary>
    public int Port => port;

    /// <summary>Stops it at once, as if the power went, and takes away what it had.</summary>
    public async Task Stop()
    {
        // pg_ctl ends the process whose id this very server wrote into its folder.
        await Run(Program("pg_ctl"), "stop", "-w", "-s", "-m", "immediate", "-D", folder);
        Directory.Delete(folder, recursive: true);
    }

    private string Address(string database) =>
        $"Host=127.0.0.1;Port={port};Username=postgres;Database={database};Maximum Pool Size=60;"
        + "Timeout=60;Command Timeout=60"; // A race waits for its rows on a machine that has other things to do.

    /// <summary>Says something to it as its superuser.</summary>
    public async Task Execute(string statement)
    {
        await using var connection = new NpgsqlConnection(Address("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string Program(string name) =>
        Path.Combine(Programs ?? throw new InvalidOperationException(Missing), name);

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private static async Task<string> Run(string program, params string[] arguments)
    {
        string[] words = Environment.IsPrivilegedProcess
            ? ["runuser", "-u", "postgres", "--", program, .. arguments]
            : [program, .. arguments];
        using var process = Process.Start(new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = Path.GetTempPath(),
        })!;
        var firstLine = await process.StandardOutput.ReadLineAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? firstLine ?? "" : throw new InvalidOperationException($"{program} failed.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Stops the server, if any test has started it.</summary>
    public sealed class AtTheEnd : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            NpgsqlConnection.ClearAllPools();
            if (Running.IsValueCreated) await (await Running.Value).Stop();
        }
    }
}
