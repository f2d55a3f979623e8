using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Apps;
using Gatehouse.Features.Usage;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Databases;

/// <summary>
/// Makes a PostgreSQL database for an app: the free one of a free account, or a paid one, which costs from this second
/// on.
/// </summary>
public sealed class CreateDatabase(Db db, TakeApp take, PlanDatabase plan, FinishDatabase finish, Tariff tariff)
{
    /// <summary>
    /// As it is after its server had a while to make it. Refuses with <see cref="Reason.TierLimit"/>,
    /// <see cref="Reason.Suspended"/>, or with what <see cref="PlanDatabase"/> and <see cref="FindApp"/> refuse.
    /// </summary>
    public async Task<Outcome<FoundDatabase>> Run(
        Caller caller, string? name, WantedDatabase wanted, CancellationToken stop)
    {
        var created = await db.Write(() => Create(caller, name, wanted, stop), stop);
        return created.Is(out var made, out var refusal)
            ? await finish.Run(made.Id, made.AppName, stop)
            : refusal;
    }

    private async Task<Outcome<Made>> Create(
        Caller caller, string? name, WantedDatabase wanted, CancellationToken stop)
    {
        if (!(await take.Run(caller, name, AppRole.Collaborator, stop)).Is(out var taken, out var refusal))
            return refusal;
        if (taken.IsSuspended) return Reason.Suspended;
        if (!(await plan.Run(taken, wanted, stop)).Is(out var database, out refusal)) return refusal;
        if (await Count(taken, stop) == 0)
            return taken.Owner.SuspendedAt is null
                ? tariff.OneMore(Limited.Databases, taken.Owner.Tier, taken.Owner.DatabaseCount)
                : Reason.Suspended;
        db.AppDatabases.Add(database);
        var size = new Size(database.SizeMilli);
        if (!wanted.IsFree)
        {
            var usage = new MeteredUse(Metered.Database, database.Id, Quantity: 1, size);
            await db.Meter(taken.App, usage, taken.Now, stop);
        }

        var detail = wanted.IsFree ? "free" : $"{size}";
        await db.Tell(caller, taken, new AppChange(AuditEvent.DatabaseCreated, detail, $"{database.Id:D}"), stop);
        return new Made(database.Id, taken.App.Name);
    }

    private Task<int> Count(TakenApp taken, CancellationToken stop)
    {
        var (owner, most) = (taken.Owner, taken.Limits.Databases);
        return db.Accounts.Confirmed()
            .Where(a => a.Id == owner.Id && a.SuspendedAt == null && a.Tier == owner.Tier && a.DatabaseCount < most)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.DatabaseCount, a => a.DatabaseCount + 1), stop);
    }

    private sealed record Made(Guid Id, string AppName);
}

/// <summary>A database that somebody asks for; what is null is chosen for them.</summary>
public sealed record WantedDatabase(bool IsFree)
{
    /// <summary>How large; the smallest when null. Ignored for a free one.</summary>
    public decimal? Gigabytes { get; init; }

    /// <summary>Such as <c>POSTGRES_17</c>.</summary>
    public string? Version { get; init; }

    /// <summary>Where; beside the app when null.</summary>
    public string? Cloud { get; init; }

    /// <summary>Where there; beside the app when null.</summary>
    public string? Region { get; init; }
}
