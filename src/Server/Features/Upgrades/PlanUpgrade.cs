using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Upgrades;

/// <summary>What an upgrade would mean for the caller's account: what a month costs, and which card pays.</summary>
public sealed class PlanUpgrade(Db db, Tariff tariff)
{
    /// <summary>Refuses with <see cref="Reason.NotLoggedIn"/> or <see cref="Reason.ScopeMissing"/>.</summary>
    public async Task<Outcome<UpgradePlan>> Run(Caller caller, CancellationToken stop)
    {
        if (!caller.Holder(Scope.Billing).Is(out var id, out var refusal)) return refusal;
        var tier = await db.Accounts.Where(a => a.Id == id).Select(a => a.Tier).SingleAsync(stop);
        var method = await db.PaymentMethods.AsNoTracking()
            .SingleOrDefaultAsync(m => m.HolderId == id && m.ReplacedAt == null, stop);
        return new UpgradePlan(tier, await MonthlyPrice(id, stop), method);
    }

    /// <summary>What is there now, at the prices of the paid tier.</summary>
    private async Task<Money> MonthlyPrice(Guid accountId, CancellationToken stop)
    {
        var smallest = tariff.Of(Tier.Standard).Smallest;
        var apps = await db.Apps.AsNoTracking().Where(a => a.OwnerId == accountId).ToListAsync(stop);
        var databases = await db.AppDatabases.AsNoTracking().Where(d => d.OwnerId == accountId).ToListAsync(stop);
        var replicas = apps.Select(app =>
            tariff.ReplicaMonth(app.SizeMilli < smallest.Milli ? smallest : app.Size, app.Replicas));
        var stored = databases.Select(database => tariff.DatabaseMonth(
            database.Tier == Tier.Free ? tariff.Databases[0].Size : new Size(database.SizeMilli)));
        return replicas.Concat(stored).Aggregate(Money.Zero, (sum, month) => sum + month);
    }
}

/// <summary>What an upgrade would mean.</summary>
/// <param name="Tier">Where the account is now.</param>
/// <param name="Month">What a full month of what there is now would cost.</param>
/// <param name="Method">The card on file; null without one.</param>
public sealed record UpgradePlan(Tier Tier, Money Month, PaymentMethod? Method);
