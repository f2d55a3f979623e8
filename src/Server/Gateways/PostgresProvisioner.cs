using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Npgsql;

namespace Gatehouse.Gateways;

/// <summary>
/// Makes, changes and drops a role and a database for each customer's database. Whatever it does may be done again, and
/// goes on where it was cut off. It runs in the turn of the database, see <see cref="DatabaseServer.TakeTurn"/>.
/// </summary>
public sealed class PostgresProvisioner(DatabaseServer server, Settings settings)
{
    private const int OldestVersion = 150_000;

    /// <summary>Says whether there is a server to make them on.</summary>
    public bool IsThere => server.IsThere;

    /// <summary>See <see cref="DatabaseServer.TakeTurn"/>.</summary>
    public Task<DatabaseTurn> TakeTurn(Guid id, CancellationToken stop) => server.TakeTurn(id, stop);

    /// <summary>See <see cref="DatabaseServer.AddressFor"/>.</summary>
    public Secret AddressFor(Guid id, Secret password) => server.AddressFor(id, password);

    /// <summary>Throws what <see cref="Make"/> throws where no database could be made at all.</summary>
    public async Task RequireFit(CancellationToken stop)
    {
        await using var connection = await server.Open(database: null, stop);
        await RequireFit(connection, stop);
    }

    /// <summary>
    /// Makes the database as it is wanted, or what is missing of that; the major version of the server. Throws
    /// <see cref="UnfitServer"/> where customers would see more than their own.
    /// </summary>
    public async Task<int> Make(DatabaseTurn turn, WantedHosting wanted, CancellationToken stop)
    {
        var (name, connection) = (turn.Name, turn.Server);
        var version = await RequireFit(connection, stop);
        await connection.Say(HostingStatements.MakeHolders, stop);
        await connection.Say(HostingStatements.MakeRole(name), stop);
        if (!await connection.Ask<bool>(HostingStatements.HasDatabase, stop, name))
            await connection.Say(HostingStatements.MakeDatabase(name), stop);
        await connection.Say(HostingStatements.CloseDatabase(name), stop);
        if (wanted.IsReadOnly || !wanted.IsOpen) await CloseDoor(turn, stop);
        if (wanted.IsReadOnly) await Change(name, RowLimitStatements.TakeOver(name), stop);
        else await GiveBack(turn, stop);
        if (wanted.IsOpen)
            await connection.Say(
                HostingStatements.OpenRole(name, Connections(wanted.SizeMilli), ScramVerifier.Of(wanted.Password)),
                stop);
        return version;
    }

    /// <summary>Drops database and role, whoever is connected.</summary>
    public async Task Drop(DatabaseTurn turn, CancellationToken stop)
    {
        var (name, connection) = (turn.Name, turn.Server);
        await connection.Say(HostingStatements.CloseRole(name), stop);
        await connection.Say(HostingStatements.DropDatabase(name), stop);
        var elsewhere = await connection.List(HostingStatements.Elsewhere, row => row.GetString(0), stop, name);
        foreach (var other in elsewhere)
        {
            await using var there = await server.Open(other, stop);
            await there.Say(HostingStatements.DropOwned(name), stop);
        }

        await connection.Say(HostingStatements.DropRole(name), stop);
    }

    /// <summary>Ends everything that is connected as its owner.</summary>
    public async Task EndSessions(DatabaseTurn turn, CancellationToken stop)
    {
        if (!await turn.Server.Ask<bool>(HostingStatements.EndSessions, stop, turn.Name))
            throw new TimeoutException($"A session of {turn.Name} did not end.");
    }

    /// <summary>A new password for the owner of a database.</summary>
    public static Secret NewPassword() => ScramVerifier.NewPassword();

    /// <summary>
    /// The major version; throws <see cref="UnfitServer"/> where it is too old, or where there is a database that
    /// everybody may connect to. Those that every server has are closed on the way.
    /// </summary>
    private static async Task<int> RequireFit(NpgsqlConnection connection, CancellationToken stop)
    {
        var examined = await Examine(connection, stop);
        if (examined.OpenToAll.Any(name => name is "postgres" or "template1"))
        {
            await connection.Say(HostingStatements.CloseUsual, stop);
            examined = await Examine(connection, stop);
        }

        if (examined.Wrong is { } why) throw new UnfitServer(why);
        return examined.Version / 10_000;
    }

    internal static async Task<ExaminedServer> Examine(NpgsqlConnection connection, CancellationToken stop) =>
        (await connection.List(
            HostingStatements.Examine,
            row => new ExaminedServer(row.GetInt32(0), row.GetFieldValue<string[]>(1))
            {
                MayMake = row.GetBoolean(2),
                KeepsPrepared = row.GetBoolean(3),
            },
            stop))[0];

    private int Connections(int sizeMilli) => sizeMilli == 0
        ? settings.Databases.FreeConnections
        : Math.Max(1, checked(settings.Databases.ConnectionsPerGigabyte * sizeMilli) / 1000);

    /// <summary>Nobody comes in as the owner any more, and whoever is in is put out.</summary>
    private async Task CloseDoor(DatabaseTurn turn, CancellationToken stop)
    {
        await turn.Server.Say(HostingStatements.CloseRole(turn.Name), stop);
        await EndSessions(turn, stop);
    }

    /// <summary>Beside those who are connected, unless they keep something locked.</summary>
    private async Task GiveBack(DatabaseTurn turn, CancellationToken stop)
    {
        var statement = RowLimitStatements.GiveBack(turn.Name);
        try
        {
            await Change(turn.Name, statement, stop);
        }
        catch (PostgresException locked) when (locked.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await CloseDoor(turn, stop);
            await Change(turn.Name, statement, stop);
        }
    }

    /// <summary>One change inside the database, all or nothing.</summary>
    private async Task Change(string name, string statement, CancellationToken stop)
    {
        await using var inside = await server.Open(name, stop);
        await inside.Say(RowLimitStatements.OwnNames, stop);
        await inside.Say(statement, stop);
    }

    /// <summary>What was found about a server.</summary>
    /// <param name="Version">As the server numbers it, such as 150004.</param>
    /// <param name="OpenToAll">Databases that every role may connect to.</param>
    internal sealed record ExaminedServer(int Version, IReadOnlyList<string> OpenToAll)
    {
        /// <summary>Whether the role of the setting may make roles and databases.</summary>
        public required bool MayMake { get; init; }

        /// <summary>Whether transactions can outlive their session, and with them their locks.</summary>
        public required bool KeepsPrepared { get; init; }

        /// <summary>Why no customer may be let in; null when they may.</summary>
        public string? Wrong =>
            Version < OldestVersion ? $"it is PostgreSQL {Version / 10_000}, and 15 or later is needed"
            : OpenToAll.Count > 0 ? "customers could connect to other databases: as their owner, say "
                + string.Join(' ', OpenToAll.Select(name => $"REVOKE CONNECT ON DATABASE \"{name}\" FROM PUBLIC;"))
            : null;
    }
}

/// <summary>How a database shall be on the server.</summary>
/// <param name="SizeMilli">Its size, which says how many may connect at once; 0 for the free kind.</param>
/// <param name="Password">What its owner connects with.</param>
public sealed record WantedHosting(int SizeMilli, Secret Password)
{
    /// <summary>Whether its owner may connect.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>Whether its owner may delete rows and add none.</summary>
    public required bool IsReadOnly { get; init; }
}
