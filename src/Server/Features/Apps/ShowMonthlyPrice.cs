using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Apps;

/// <summary>
/// What one full month of the caller's account costs as it is now; of a free one, what it would cost after an upgrade.
/// </summary>
public sealed class ShowMonthlyPrice(Db db, Tariff tariff)
{
    /// <summary>Refuses with <see cref="Reason.NotLoggedIn"/> or <see cref="Reason.ScopeMissing"/>.</summary>
    public async Task<Outcome<MonthlyPrice>> Run(Caller caller, CancellationToken stop)
    {
        if (!caller.Holder(Scope.Billing).Is(out var id, out var refusal)) return refusal;
        var apps = await db.Apps.AsNoTracking().Where(a => a.OwnerId == id).OrderBy(a => a.Id).ToListAsync(stop);
        var databases = await db.AppDatabases.AsNoTracking().Where(d => d.OwnerId == id).ToListAsync(stop);
        var lines = apps.SelectMany(app => LinesOf(app, databases.Where(d => d.AppId == app.Id))).ToList();
        return new MonthlyPrice(lines.Aggregate(Money.Zero, (sum, line) => sum + line.Month), lines);
    }

    private IEnumerable<PriceLine> LinesOf(App app, IEnumerable<AppDatabase> databases)
    {
        var smallest = tariff.Of(Tier.Standard).Smallest;
        var size = app.SizeMilli < smallest.Milli ? smallest : app.Size;
        if (app.Replicas > 0)
            yield return new PriceLine(
                app.Name, Metered.Replica, app.Replicas, size, tariff.ReplicaMonth(size, app.Replicas));
        foreach (var database in databases)
        {
            var sold = database.Tier == Tier.Free ? tariff.Databases[0].Size : new Size(database.SizeMilli);
            yield return new PriceLine(app.Name, Metered.Database, 1, sold, tariff.DatabaseMonth(sold));
        }
    }
}

/// <summary>What a full month costs.</summary>
/// <param name="Month">All of it.</param>
/// <param name="Lines">What it is made of; nothing that costs nothing.</param>
public sealed record MonthlyPrice(Money Month, IReadOnlyList<PriceLine> Lines);

/// <summary>One thing of a monthly price.</summary>
/// <param name="AppName">The app it belongs to.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Quantity">How many.</param>
/// <param name="Size">How large each of them is.</param>
/// <param name="Month">What all of them cost in a full month.</param>
public sealed record PriceLine(string AppName, Metered Kind, int Quantity, Size Size, Money Month);
