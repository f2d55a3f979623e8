using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Notices;
using Gatehouse.Mail;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Accounts;

/// <summary>
/// Takes an account back to the free tier, by the operator, if all it has fits there: customers cannot do this
/// themselves. What it used until this second stays to be paid.
/// </summary>
public sealed class DowngradeAccount(Db db, Tariff tariff, Notify notify, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.NotFound"/>, <see cref="Reason.Required"/> without a reason,
    /// <see cref="Reason.TierLimit"/> with what does not fit, or <see cref="Reason.NotActive"/> when it is in the free
    /// tier already.
    /// </summary>
    public async Task<Outcome<FoundAccount>> Run(Caller caller, string who, string? reason, CancellationToken stop)
    {
        if (caller != Caller.Operator) return Reason.NotFound;
        if (string.IsNullOrWhiteSpace(reason)) return Reason.Required;
        return await db.Write(() => Downgrade(caller, who, reason, stop), stop);
    }

    private async Task<Outcome<FoundAccount>> Downgrade(
        Caller caller, string who, string reason, CancellationToken stop)
    {
        var account = await db.FindByAnyName(who, stop);
        if (account is null) return Reason.NotFound;
        // Whatever else changes about this account waits until here is decided.
        await db.QueueUp(account.Id, stop);
        var now = clock.UtcNow();
        if (await InTheWay(account.Id, stop) is { } limit) return new Refusal(Reason.TierLimit) { Limit = limit };
        var downgraded = await db.Accounts.Confirmed()
            .Where(a => a.Id == account.Id && a.Tier == Tier.Standard)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Tier, Tier.Free), stop);
        if (downgraded == 0) return Reason.NotActive;
        await EndUsage(account.Id, now, stop);
        var fact = new AuditFact(AuditEvent.AccountDowngraded);
        await db.PublishAccount(await db.Append(caller.Because(reason), account.Id, fact, now, stop), stop);
        await notify.Run(caller, account.Id, account.Address, Notice.AccountDowngraded, now, stop);
        return FoundAccount.Of(await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == account.Id, stop));
    }

    /// <summary>The first limit of the free tier that the account is past; null when all fits.</summary>
    private async Task<LimitInTheWay?> InTheWay(Guid id, CancellationToken stop)
    {
        var free = tariff.Of(Tier.Free);
        var apps = await db.Apps.AsNoTracking().Where(app => app.OwnerId == id).ToListAsync(stop);
        var databases = await db.AppDatabases.CountAsync(database => database.OwnerId == id, stop);
        (Limited What, long InUse, long Most)[] held =
        [
            (Limited.Apps, apps.Count, free.Apps),
            (Limited.Replicas, Largest(apps, app => app.Replicas), free.Replicas),
            (Limited.ReplicaSize, Largest(apps, app => app.SizeMilli), free.Largest.Milli),
            (Limited.Databases, databases, free.Databases),
            (Limited.Collaborators, Largest(apps, app => app.CollaboratorCount), free.Collaborators),
            (Limited.Domains, Largest(apps, app => app.DomainCount), free.Domains),
        ];
        var past = Array.Find(held, one => one.InUse > one.Most);
        return past == default ? null : new LimitInTheWay(past.What, Tier.Standard, past.InUse, past.Most);
    }

    /// <summary>The one database becomes a free one, and nothing is billed from this second on.</summary>
    private async Task EndUsage(Guid id, DateTime now, CancellationToken stop)
    {
        await db.AppDatabases.Where(database => database.OwnerId == id).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.Tier, Tier.Free).SetProperty(d => d.SizeMilli, 0), stop);
        var second = new DateTimeOffset(now).ToUnixTimeSeconds();
        await db.UsageIntervals
            .Where(usage => usage.AccountId == id && usage.EndsAt == null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(u => u.EndsAt, u => u.StartsAt > second ? u.StartsAt : second), stop);
    }

    private static long Largest(List<App> apps, Func<App, int> measure) =>
        apps.Count == 0 ? 0 : apps.Max(measure);
}
