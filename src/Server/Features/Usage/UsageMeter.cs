using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Usage;

/// <summary>
/// Notes from when to when a thing that costs was as it was; bills are made of nothing else. All of it runs in the
/// transaction of the change, and after the account was queued up.
/// </summary>
internal static class UsageMeter
{
    /// <summary>
    /// Ends what ran and begins what runs from now on, in the same second. Of nothing, nothing begins, and nothing
    /// begins while the account is suspended. What stays as it is runs on, and what lasted no second leaves no trace.
    /// </summary>
    public static async Task Meter(this Db db, App app, MeteredUse use, DateTime now, CancellationToken stop)
    {
        var second = now.ToSecond();
        var open = db.UsageIntervals
            .Where(interval => interval.ResourceId == use.ResourceId && interval.EndsAt == null);
        if (await open.AnyAsync(o => o.Quantity == use.Quantity && o.SizeMilli == use.Size.Milli, stop)) return;
        // Neither a clock that was set back nor a node that is ahead makes time pass twice.
        var known = await db.UsageIntervals
            .Where(interval => interval.AccountId == app.OwnerId && interval.ResourceId == use.ResourceId)
            .MaxAsync(interval => (long?)(interval.EndsAt ?? interval.StartsAt), stop);
        var turn = Math.Max(second, known ?? second);
        await open.Where(o => o.StartsAt == turn && o.BilledUntil == null).ExecuteDeleteAsync(stop);
        await open.ExecuteUpdateAsync(set => set.SetProperty(interval => interval.EndsAt, turn), stop);
        await db.LookAgain(app.OwnerId, stop);
        if (use.Quantity == 0) return;
        if (await db.Accounts.AnyAsync(a => a.Id == app.OwnerId && a.SuspendedAt != null, stop)) return;
        db.UsageIntervals.Add(new UsageInterval
        {
            Id = Guid.CreateVersion7(now),
            AccountId = app.OwnerId,
            AppId = app.Id,
            AppName = app.Name,
            Kind = use.Kind,
            ResourceId = use.ResourceId,
            Quantity = use.Quantity,
            SizeMilli = use.Size.Milli,
            StartsAt = turn,
        });
    }

    /// <summary>Ends all that an app and its databases used.</summary>
    public static async Task EndMeters(this Db db, App app, DateTime now, CancellationToken stop)
    {
        await db.UsageIntervals.Where(interval => interval.AppId == app.Id && interval.EndsAt == null)
            .End(now.ToSecond(), stop);
        await db.LookAgain(app.OwnerId, stop);
    }

    /// <summary>Ends all that an account uses.</summary>
    public static Task EndAllMeters(this Db db, Guid accountId, DateTime now, CancellationToken stop) => db
        .UsageIntervals.Where(interval => interval.AccountId == accountId && interval.EndsAt == null)
        .End(now.ToSecond(), stop);

    /// <summary>
    /// Takes back what an account used after a second: its money did not reach further, so nobody pays for it.
    /// </summary>
    public static Task CutMeters(this Db db, Guid accountId, long second, CancellationToken stop) => db
        .UsageIntervals
        .Where(interval => interval.AccountId == accountId)
        .Where(interval => interval.EndsAt == null || interval.EndsAt > second)
        .End(second, stop);

    /// <summary>Begins to count all that an account has, after a time in which nothing counted.</summary>
    public static async Task BeginAllMeters(this Db db, Guid accountId, DateTime now, CancellationToken stop)
    {
        var isPaid = await db.Accounts.AnyAsync(a => a.Id == accountId && a.Tier == Tier.Standard, stop);
        if (!isPaid) return;
        var apps = await db.Apps.AsNoTracking().Where(app => app.OwnerId == accountId).ToListAsync(stop);
        foreach (var app in apps)
            await db.Meter(app, new MeteredUse(Metered.Replica, app.Id, app.Replicas, app.Size), now, stop);
        var databases = await db.AppDatabases.AsNoTracking()
            .Where(database => database.OwnerId == accountId && database.Tier == Tier.Standard).ToListAsync(stop);
        foreach (var database in databases)
        {
            var use = new MeteredUse(Metered.Database, database.Id, Quantity: 1, new Size(database.SizeMilli));
            await db.Meter(apps.Single(app => app.Id == database.AppId), use, now, stop);
        }

        // Whoever goes on in this transaction, with a cap or with credits, has to see them.
        await db.SaveChangesAsync(stop);
    }

    private static Task<int> End(this IQueryable<UsageInterval> intervals, long second, CancellationToken stop) =>
        intervals.ExecuteUpdateAsync(
            set => set.SetProperty(
                interval => interval.EndsAt,
                interval => interval.StartsAt > second ? interval.StartsAt : second),
            stop);
}

/// <summary>How much of what is used from now on.</summary>
/// <param name="Kind">What is metered.</param>
/// <param name="ResourceId">The app, or the database.</param>
/// <param name="Quantity">Replicas; 1 for a database; 0 for nothing any more.</param>
/// <param name="Size">Size of one of them.</param>
internal sealed record MeteredUse(Metered Kind, Guid ResourceId, int Quantity, Size Size);
