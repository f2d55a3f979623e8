using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Gateways;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Commands;

/// <summary>What the doctor asks the server of customers' databases, and holds against our rows.</summary>
internal sealed class DoctorHosting(Db db, Settings settings)
{
    private const string Check = "Databases";
    private const int MostNamed = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether customers can be let in, and whether there is anything that no row knows, or a row without its thing.
    /// </summary>
    public async Task<DoctorFinding> Look()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var server = new DatabaseServer(settings);
        try
        {
            var rows = await Rows(patience.Token);
            if (!server.IsThere)
                return rows.Count == 0
                    ? DoctorFinding.Green(Check, "Databases:Server is not set: they are recorded, not made")
                    : DoctorFinding.Red(Check, $"{rows.Count} were made, and Databases:Server is not set any more");
            await using var connection = await server.Open(database: null, patience.Token);
            var examined = await PostgresProvisioner.Examine(connection, patience.Token);
            if (examined.Wrong is { } why) return DoctorFinding.Red(Check, $"{server.Name}: {why}");
            if (!examined.MayMake)
                return DoctorFinding.Red(Check, $"{server.Name}: the role may not create roles and databases");
            return Compare(server, rows, await new RowCounter(server).List(patience.Token), examined);
        }
        catch (Exception broken) when (Faults.IsOutage(broken) || broken is System.Data.Common.DbException)
        {
            var name = server.IsThere ? server.Name : "our own database";
            return DoctorFinding.Red(Check, $"{name}: {broken.GetBaseException().Message.Split('\n')[0].TrimEnd()}");
        }
    }

    private async Task<List<HostedDatabase>> Rows(CancellationToken stop) =>
        !Examination.IsThere(db) || (await db.Database.GetPendingMigrationsAsync(stop)).Any()
            ? []
            : await db.HostedDatabases.AsNoTracking().ToListAsync(stop);

    private static DoctorFinding Compare(
        DatabaseServer server, List<HostedDatabase> rows, IReadOnlyList<ServerThing> there,
        PostgresProvisioner.ExaminedServer examined)
    {
        var known = rows.Select(row => row.Id).ToHashSet();
        var orphans = there.Where(thing => !known.Contains(thing.Id)).Select(thing => thing.Id).ToList();
        if (orphans.Count > 0)
            return DoctorFinding.Red(
                Check, $"{server.Name}: {orphans.Count} that no row knows ({Names(orphans)}): look, then DROP DATABASE "
                    + "and DROP ROLE");
        var whole = there.Where(thing => thing.IsRole && thing.IsDatabase).Select(thing => thing.Id).ToHashSet();
        var lost = rows.Where(row => row.MadeAt is not null && !whole.Contains(row.Id)).Select(row => row.Id).ToList();
        if (lost.Count > 0)
            return DoctorFinding.Red(
                Check, $"{server.Name}: {lost.Count} are not there any more ({Names(lost)}): restore them, or destroy "
                    + "them for their owners");
        var says = $"{server.Name}, PostgreSQL {examined.Version / 10_000}, {rows.Count} made";
        return examined.KeepsPrepared
            ? DoctorFinding.Yellow(Check, $"{says}; max_prepared_transactions is not 0: it can hold off the row limit")
            : DoctorFinding.Green(Check, says);
    }

    private static string Names(List<Guid> ids) =>
        string.Join(", ", ids.Take(MostNamed).Select(HostedDatabase.NameOf)) + (ids.Count > MostNamed ? ", …" : "");
}
