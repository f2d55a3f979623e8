using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Npgsql;

namespace Gatehouse.Gateways;

/// <summary>The PostgreSQL server of customers' databases: how it is reached, and whose turn it is there.</summary>
public sealed class DatabaseServer(Settings settings) : IDisposable
{
    // As many as make and drop at once on this node; each needs two connections.
    private const int AtOnce = 8;

    private readonly SemaphoreSlim places = new(AtOnce);

    /// <summary>Says whether there is one; without it databases are recorded and not made.</summary>
    public bool IsThere => settings.Databases.AreMade;

    /// <summary>Its major version; null until this node reached it for the first time.</summary>
    public int? KnownVersion { get; private set; }

    /// <summary>What a person calls it, without its password.</summary>
    public string Name => $"{Address().Host}:{Address().Port}";

    /// <summary>Waits until nobody else, on any node, makes, changes or drops this database.</summary>
    public async Task<DatabaseTurn> TakeTurn(Guid id, CancellationToken stop)
    {
        await places.WaitAsync(stop);
        try
        {
            var connection = await Open(database: null, stop);
            try
            {
                await connection.Ask<object>(HostingStatements.TakeTurn, stop, HostedDatabase.NameOf(id));
                return new DatabaseTurn(id, connection, places);
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        }
        catch
        {
            places.Release();
            throw;
        }
    }

    /// <summary>The address of a customer, with everything in it that a client needs.</summary>
    public Secret AddressFor(Guid id, Secret password)
    {
        var (name, address) = (HostedDatabase.NameOf(id), Address());
        var host = settings.Databases.PublicHost is { Length: > 0 } given
            ? new Uri($"postgresql://{given}/")
            : new Uri($"postgresql://{address.Host!.Split(',')[0].Split(':')[0]}:{address.Port}/");
        var port = host.Port > 0 ? host.Port : address.Port;
        return new Secret($"postgresql://{name}:{password.Reveal()}@{host.Host}:{port}/{name}");
    }

    /// <summary>A new connection to one of its databases, or to that of the setting.</summary>
    public async Task<NpgsqlConnection> Open(string? database, CancellationToken stop)
    {
        var connection = new NpgsqlConnection(
            DatabaseServerAddress.Read(settings.Databases.Server!, database).ConnectionString);
        try
        {
            await connection.OpenAsync(stop);
            KnownVersion = connection.PostgreSqlVersion.Major;
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public void Dispose() => places.Dispose();

    private NpgsqlConnectionStringBuilder Address() => DatabaseServerAddress.Read(settings.Databases.Server!);
}

/// <summary>
/// The time in which one database is ours alone. The connection that holds it also does the work, so a statement that
/// goes on after its process was killed keeps the turn until it is done.
/// </summary>
public sealed class DatabaseTurn(Guid id, NpgsqlConnection connection, SemaphoreSlim places) : IAsyncDisposable
{
    /// <summary>The database it is about.</summary>
    public Guid Id => id;

    /// <summary>What it is called on the server.</summary>
    public string Name { get; } = HostedDatabase.NameOf(id);

    internal NpgsqlConnection Server => connection;

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        places.Release();
    }
}

/// <summary>The server cannot be given to customers as it is; the message says why, and what to do.</summary>
public sealed class UnfitServer(string why) : Exception(why);
