using Gatehouse.Data;
using Gatehouse.Gateways;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Databases;

/// <summary>
/// Watches the rows of free databases: those to which rows were added since the last look, and those that are limited.
/// </summary>
public sealed class LimitDatabases(
    Db db, RowCounter counter, LimitDatabase limit, SettleDatabase settle, ILogger<LimitDatabases> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>How many were counted.</summary>
    public async Task<int> Run(CancellationToken stop)
    {
        if (!counter.IsThere) return 0;
        var free = await db.FreeOnServer().Select(d => new { d.Id, IsLimited = d.LimitedAt != null }).ToListAsync(stop);
        if (free.Count == 0) return 0;
        var (count, there) = (0, (await counter.List(stop)).ToDictionary(thing => thing.Id));
        foreach (var database in free)
        {
            if (!there.TryGetValue(database.Id, out var thing) || !thing.IsDatabase) continue;
            if (!database.IsLimited && !counter.HasGrown(thing)) continue;
            await Look(thing, stop);
            count++;
        }

        return count;
    }

    /// <summary>One that fails does not stand in the way of those behind it.</summary>
    private async Task Look(ServerThing database, CancellationToken stop)
    {
        try
        {
            var rows = await counter.Count(database.Id, stop);
            if (await limit.Run(database.Id, rows, stop)) await settle.Run(database.Id, Patience, stop);
            counter.NoteSeen(database);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            log.LogError(failure, "The rows of {Id} could not be counted", database.Id);
        }

        db.ChangeTracker.Clear();
    }
}
