using System.Collections.Concurrent;
using Gatehouse.Data;
using Gatehouse.Domain;
using Npgsql;

namespace Gatehouse.Gateways;

/// <summary>Counts the rows of customers' databases, and says in which of them it is worth the while.</summary>
public sealed class RowCounter(DatabaseServer server)
{
    // Something of the customer's may run while a table is analysed, though never with our rights.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Guid, long> seen = new();

    /// <summary>Says whether there is a server at all.</summary>
    public bool IsThere => server.IsThere;

    /// <summary>Whether rows were added since this node counted; so the first time, too.</summary>
    public bool HasGrown(ServerThing thing) => !seen.TryGetValue(thing.Id, out var before) || before != thing.RowsAdded;

    /// <summary>What was listed before it was counted.</summary>
    public void NoteSeen(ServerThing thing) => seen[thing.Id] = thing.RowsAdded;

    /// <summary>
    /// What there is on the server that has a name of ours, and how many rows were ever added to each database.
    /// </summary>
    public async Task<IReadOnlyList<ServerThing>> List(CancellationToken stop)
    {
        await using var connection = await server.Open(database: null, stop);
        var named = await connection.List(
            HostingStatements.List,
            row => (Id: HostedDatabase.IdOf(row.GetString(0)), IsRole: row.GetBoolean(1), IsDatabase: row.GetBoolean(2),
                Added: row.GetInt64(3)),
            stop);
        return
        [
            .. named.Where(thing => thing.Id is not null)
                .Select(thing => new ServerThing(thing.Id!.Value, thing.IsRole, thing.IsDatabase, thing.Added)),
        ];
    }

    /// <summary>How many rows its owner has in all tables together.</summary>
    public async Task<long> Count(Guid id, CancellationToken stop)
    {
        var name = HostedDatabase.NameOf(id);
        await using var inside = await server.Open(name, stop);
        await inside.Say(RowLimitStatements.OwnNames, stop);
        var since = await inside.Ask<DateTime>(RowLimitStatements.ReadClock, stop);
        await Analyse(inside, name, stop);
        return await inside.Ask<long>(RowLimitStatements.Rows(name), stop, since);
    }

    private static async Task Analyse(NpgsqlConnection inside, string name, CancellationToken stop)
    {
        try
        {
            await inside.Say(RowLimitStatements.Analyse(name), stop, Patience);
        }
        catch (Exception slow) when (slow is TimeoutException or NpgsqlException { InnerException: TimeoutException })
        {
            // What was told by those who changed the tables has to do.
        }
    }
}

/// <summary>A role and a database of the same name, or one of them without the other.</summary>
/// <param name="Id">That of the row it should have.</param>
/// <param name="IsRole">Whether there is the role.</param>
/// <param name="IsDatabase">Whether there is the database.</param>
/// <param name="RowsAdded">How many rows were ever added, gone ones too; it falls when the server forgets.</param>
public sealed record ServerThing(Guid Id, bool IsRole, bool IsDatabase, long RowsAdded);
