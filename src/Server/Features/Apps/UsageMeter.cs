using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Apps;

/// <summary>Notes from when to when a thing that costs was as it was; bills are made of nothing else.</summary>
internal static class UsageMeter
{
    /// <summary>
    /// Ends what ran and begins what runs from now on, in the same second and in the transaction of the change. Of
    /// nothing, nothing begins.
    /// </summary>
    public static async Task Meter(this Db db, App app, Usage usage, DateTime now, CancellationToken stop)
    {
        var second = new DateTimeOffset(now).ToUnixTimeSeconds();
        var open = db.UsageIntervals
            .Where(interval => interval.ResourceId == usage.ResourceId && interval.EndsAt == null);
        // A clock that was set back does not make time that was billed already pass again.
        var begun = await open.Select(interval => (long?)interval.StartsAt).SingleOrDefaultAsync(stop) ?? second;
        var turn = Math.Max(second, begun);
        await open.ExecuteUpdateAsync(set => set.SetProperty(interval => interval.EndsAt, turn), stop);
        if (usage.Quantity == 0) return;
        db.UsageIntervals.Add(new UsageInterval
        {
            Id = Guid.CreateVersion7(now),
            AccountId = app.OwnerId,
            AppId = app.Id,
            AppName = app.Name,
            Kind = usage.Kind,
            ResourceId = usage.ResourceId,
            Quantity = usage.Quantity,
            SizeMilli = usage.Size.Milli,
            StartsAt = turn,
        });
    }

    /// <summary>Ends all that an app and its databases used.</summary>
    public static Task EndMeters(this Db db, App app, DateTime now, CancellationToken stop)
    {
        var second = new DateTimeOffset(now).ToUnixTimeSeconds();
        return db.UsageIntervals
            .Where(interval => interval.AppId == app.Id && interval.EndsAt == null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(
                    interval => interval.EndsAt,
                    interval => interval.StartsAt > second ? interval.StartsAt : second),
                stop);
    }
}

/// <summary>How much of what is used from now on.</summary>
/// <param name="Kind">What is metered.</param>
/// <param name="ResourceId">The app, or the database.</param>
/// <param name="Quantity">Replicas; 1 for a database; 0 for nothing any more.</param>
/// <param name="Size">Size of one of them.</param>
internal sealed record Usage(Metered Kind, Guid ResourceId, int Quantity, Size Size);
