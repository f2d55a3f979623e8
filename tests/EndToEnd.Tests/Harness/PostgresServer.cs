using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Gatehouse.EndToEnd.Tests.Harness;

/// <summary>
/// A real PostgreSQL on a free loopback port, in a temporary folder. It runs as <c>postgres</c> where the tests run
/// as root, since it refuses to be root. It writes as durably as in production: only making the cluster is hurried.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    // A machine that runs browsers beside may let a server wait; tests of outages want its own patience.
    private const string Patience = ";Timeout=15;Command Timeout=30";

    private readonly TemporaryFolder folder;
    private readonly int port;
    private ChildProcess process;
    private int databases;

    private PostgresServer(TemporaryFolder folder, ChildProcess process, int port) =>
        (this.folder, this.process, this.port) = (folder, process, port);

    /// <summary>The process, for tests that take the database away.</summary>
    public ChildProcess Process => process;

    /// <summary>How its superuser connects, to no database in particular.</summary>
    public string Address => ConnectionString("postgres");

    /// <summary>Makes a cluster and starts it. Most tests share one: <see cref="TestRun.Postgres"/>.</summary>
    public static async Task<PostgresServer> Start()
    {
        var folder = new TemporaryFolder();
        if (Environment.IsPrivilegedProcess)
            await Demand("chown", ["postgres", folder.Path], folder.Path);
        var (program, arguments) = AsPostgres(
            "initdb", "--pgdata", folder["data"], "--username=gatehouse", "--auth=trust",
            "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync");
        await Demand(program, arguments, folder.Path);

        var port = FreePort();
        var server = new PostgresServer(folder, Launch(folder, port), port);
        await server.Ready();
        return server;
    }

    /// <summary>Starts it again on the same data and port, after it was stopped or killed.</summary>
    public async Task StartAgain()
    {
        await process.DisposeAsync();
        process = Launch(folder, port);
        await Ready();
    }

    /// <summary>Stops it at once: connections break, nothing listens any more.</summary>
    public async Task StopAtOnce()
    {
        await process.Signal("QUIT"); // PostgreSQL's immediate shutdown, as if the power went.
        await process.Exit();
    }

    /// <summary>Holds all its processes: connections stay open, and nobody answers. CONT lets them go on.</summary>
    public async Task SignalAll(string name)
    {
        var children = await ChildProcess.Run("ps", ["-o", "pid=", "--ppid", $"{process.Id}"], folder.Path);
        var ids = children.Stdout.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        await Demand("kill", [$"-{name}", $"{process.Id}", .. ids], folder.Path);
    }

    /// <summary>Makes an empty database; its connection string has more patience than usual, or not.</summary>
    public async Task<string> CreateDatabase(bool isPatient = true)
    {
        var name = $"test_{Interlocked.Increment(ref databases)}";
        await Demand(
            Path.Combine(Component.Postgres.Need(), "createdb"),
            ["--host=127.0.0.1", $"--port={port}", "--username=gatehouse", name],
            folder.Path);
        return ConnectionString(name) + (isPatient ? Patience : "");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await SignalAll("CONT");
            await process.Signal("INT"); // PostgreSQL's fast shutdown: it does not wait for clients.
            await process.Exit();
        }

        await process.DisposeAsync();
        folder.Dispose();
    }

    private static ChildProcess Launch(TemporaryFolder folder, int port)
    {
        var (program, arguments) = AsPostgres(
            "postgres", "-D", folder["data"], "-c", $"port={port}", "-c", "listen_addresses=127.0.0.1",
            "-c", "unix_socket_directories=", "-c", "max_connections=1000");
        return ChildProcess.Start(program, arguments, folder.Path);
    }

    private static (string Program, string[] Arguments) AsPostgres(string name, params string[] arguments)
    {
        var program = Path.Combine(Component.Postgres.Need(), name);
        return Environment.IsPrivilegedProcess
            ? ("setpriv", ["--reuid=postgres", "--regid=postgres", "--init-groups", program, .. arguments])
            : (program, arguments);
    }

    private static async Task Demand(string program, string[] arguments, string folder)
    {
        var outcome = await ChildProcess.Run(program, arguments, folder);
        if (outcome.ExitCode != 0)
            throw new InvalidOperationException($"{program} failed:\n{outcome.Stdout}\n{outcome.Stderr}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string ConnectionString(string database) =>
        $"Host=127.0.0.1;Port={port};Username=gatehouse;Database={database}";

    private Task<string> Ready() => Eventually.Get(
        async () =>
        {
            if (process.HasExited)
                throw new InvalidOperationException($"PostgreSQL did not start:\n{process.Output}");
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
                await connection.OpenAsync(Xunit.TestContext.Current.CancellationToken);
                return "ready";
            }
            catch (NpgsqlException)
            {
                return null;
            }
        },
        () => $"PostgreSQL is not ready:\n{process.Output}");
}
