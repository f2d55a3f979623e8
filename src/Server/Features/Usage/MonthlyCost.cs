using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Usage;

/// <summary>What everything that an account has costs in a full month, at the prices of the paid tier.</summary>
internal static class MonthlyCost
{
    /// <summary>One line for each thing that costs something, app by app.</summary>
    public static async Task<IReadOnlyList<PriceLine>> CostsOf(
        this Db db, Guid ownerId, Tariff tariff, CancellationToken stop)
    {
        var apps = await db.Apps.AsNoTracking().Where(a => a.OwnerId == ownerId).OrderBy(a => a.Id).ToListAsync(stop);
        var databases = await db.AppDatabases.AsNoTracking().Where(d => d.OwnerId == ownerId).ToListAsync(stop);
        var months = new Dictionary<Size, Money>();
        foreach (var size in databases.Select(d => SoldAs(d, tariff)).Distinct())
            months[size] = await db.DatabaseMonth(tariff, size, stop);
        return
        [
            .. apps.SelectMany(app => LinesOf(app, tariff).Concat(databases
                .Where(d => d.AppId == app.Id)
                .Select(d => SoldAs(d, tariff))
                .Select(size => new PriceLine(app.Name, Metered.Database, 1, size, months[size])))),
        ];
    }

    /// <summary>What a database costs in a full month; of a size that is sold no more, its last price.</summary>
    public static async Task<Money> DatabaseMonth(
        this Db db, Tariff tariff, Size size, CancellationToken stop) =>
        tariff.Databases.Any(sold => sold.Size == size)
            ? tariff.DatabaseMonth(size)
            : new Money((await db.ReadPrices(stop)).MonthNanos(Metered.Database, size.Milli, int.MaxValue));

    /// <summary>The sum of them.</summary>
    public static Money Sum(this IEnumerable<PriceLine> lines) =>
        lines.Aggregate(Money.Zero, (sum, line) => sum + line.Month);

    private static Size SoldAs(AppDatabase database, Tariff tariff) =>
        database.Tier == Tier.Free ? tariff.Databases[0].Size : new Size(database.SizeMilli);

    private static IEnumerable<PriceLine> LinesOf(App app, Tariff tariff)
    {
        var smallest = tariff.Of(Tier.Standard).Smallest;
        var size = app.SizeMilli < smallest.Milli ? smallest : app.Size;
        if (app.Replicas > 0)
            yield return new PriceLine(
                app.Name, Metered.Replica, app.Replicas, size, tariff.ReplicaMonth(size, app.Replicas));
    }
}

/// <summary>One thing of a monthly price.</summary>
/// <param name="AppName">The app it belongs to.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Quantity">How many.</param>
/// <param name="Size">How large each of them is.</param>
/// <param name="Month">What all of them cost in a full month.</param>
public sealed record PriceLine(string AppName, Metered Kind, int Quantity, Size Size, Money Month);
