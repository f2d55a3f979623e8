using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Usage;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Apps;

/// <summary>
/// What an upgrade means for what there is: the free database becomes the smallest paid one, and replicas that run
/// begin to count (contract 5). Runs in the caller's transaction, after the tier was changed.
/// </summary>
public sealed class ConvertToPaid(Db db, Tariff tariff)
{
    /// <summary>From <paramref name="now"/> on (UTC). Never refuses.</summary>
    public async Task Run(Guid accountId, DateTime now, CancellationToken stop)
    {
        // Whoever scales at this moment either is done, and is seen, or waits and then sees the new tier.
        await db.QueueUp(accountId, stop);
        var smallest = tariff.Of(Tier.Standard).Smallest;
        var apps = await db.Apps.AsNoTracking().Where(a => a.OwnerId == accountId).ToListAsync(stop);
        foreach (var app in apps)
        {
            var size = app.SizeMilli < smallest.Milli ? smallest : app.Size;
            if (size != app.Size)
                await db.Apps.Where(a => a.Id == app.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(a => a.SizeMilli, size.Milli), stop);
            await db.Meter(app, new MeteredUse(Metered.Replica, app.Id, app.Replicas, size), now, stop);
        }

        var databases = await db.AppDatabases
            .Where(d => d.OwnerId == accountId && d.Tier == Tier.Free)
            .ToListAsync(stop);
        foreach (var database in databases)
        {
            (database.Tier, database.SizeMilli) = (Tier.Standard, tariff.Databases[0].Size.Milli);
            database.LimitedAt = null;
            var usage = new MeteredUse(Metered.Database, database.Id, Quantity: 1, tariff.Databases[0].Size);
            await db.Meter(apps.Single(app => app.Id == database.AppId), usage, now, stop);
        }
    }
}
