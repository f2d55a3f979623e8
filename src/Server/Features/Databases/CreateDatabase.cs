using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Apps;
using Gatehouse.Features.Usage;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Databases;

/// <summary>
/// Asks the platform for a PostgreSQL database for an app: the free one of a free account, or a paid one, which costs
/// from this second on.
/// </summary>
public sealed class CreateDatabase(Db db, TakeApp take, RequireFunds funds, Tariff tariff)
{
    /// <summary>
    /// Refuses with <see cref="Reason.TierLimit"/>, <see cref="Reason.NotInTier"/> (a free one for a paid account),
    /// <see cref="Reason.OutOfRange"/> (a size that is not for sale), <see cref="Reason.NotOffered"/> (version, cloud,
    /// region), <see cref="Reason.InsufficientCredits"/>, <see cref="Reason.Suspended"/>, or with what
    /// <see cref="FindApp"/> refuses.
    /// </summary>
    public Task<Outcome<FoundDatabase>> Run(
        Caller caller, string? name, WantedDatabase wanted, CancellationToken stop) =>
        db.Write(() => Create(caller, name, wanted, stop), stop);

    private async Task<Outcome<FoundDatabase>> Create(
        Caller caller, string? name, WantedDatabase wanted, CancellationToken stop)
    {
        if (!(await take.Run(caller, name, AppRole.Collaborator, stop)).Is(out var taken, out var refusal))
            return refusal;
        if (taken.IsSuspended) return Reason.Suspended;
        if (!Plan(taken, wanted).Is(out var database, out refusal)) return refusal;
        var size = new Size(database.SizeMilli);
        if (!(await funds.Run(taken.Owner, tariff.DatabaseMonth(size), stop)).Is(out _, out refusal)) return refusal;
        if (await Count(taken, stop) == 0)
            return taken.Owner.SuspendedAt is null
                ? tariff.OneMore(Limited.Databases, taken.Owner.Tier, taken.Owner.DatabaseCount)
                : Reason.Suspended;
        db.AppDatabases.Add(database);
        if (!wanted.IsFree)
        {
            var usage = new MeteredUse(Metered.Database, database.Id, Quantity: 1, size);
            await db.Meter(taken.App, usage, taken.Now, stop);
        }

        var detail = wanted.IsFree ? "free" : $"{size}";
        await db.Tell(caller, taken, new AppChange(AuditEvent.DatabaseCreated, detail, $"{database.Id:D}"), stop);
        return new FoundDatabase(database, taken.App.Name, Url: null);
    }

    private Task<int> Count(TakenApp taken, CancellationToken stop)
    {
        var (owner, most) = (taken.Owner, taken.Limits.Databases);
        return db.Accounts.Confirmed()
            .Where(a => a.Id == owner.Id && a.SuspendedAt == null && a.Tier == owner.Tier && a.DatabaseCount < most)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.DatabaseCount, a => a.DatabaseCount + 1), stop);
    }

    private Outcome<AppDatabase> Plan(TakenApp taken, WantedDatabase wanted)
    {
        var tier = taken.Owner.Tier;
        if (tier == Tier.Free && !wanted.IsFree) return tariff.OneMore(Limited.PaidDatabases, tier, inUse: 0);
        if (tier == Tier.Standard && wanted.IsFree) return NoFreeOne();
        if (!DatabaseSize.Read(tariff, wanted.Gigabytes).Is(out var size, out var refusal)) return refusal;
        if (wanted.Version is { } version && !DatabaseSize.Versions.Contains(version, StringComparer.Ordinal))
            return new Refusal(Reason.NotOffered, Field.DatabaseVersion);
        var place = tariff.Places.FirstOrDefault(place =>
            place.Cloud == (wanted.Cloud ?? taken.App.Cloud)
            && (wanted.Region is null ? place.Cloud != taken.App.Cloud || place.Region == taken.App.Region
                : place.Region == wanted.Region));
        if (place.Region is null) return new Refusal(Reason.NotOffered, Field.Region);
        return new AppDatabase
        {
            Id = Guid.CreateVersion7(taken.Now),
            AppId = taken.App.Id,
            OwnerId = taken.Owner.Id,
            Tier = tier,
            SizeMilli = wanted.IsFree ? 0 : size.Milli,
            Version = wanted.Version ?? DatabaseSize.Versions[0],
            Cloud = place.Cloud,
            Region = place.Region,
            HighAvailability = false,
            State = DatabaseState.Pending,
            CreatedAt = taken.Now,
        };
    }

    private Refusal NoFreeOne()
    {
        var (size, month) = tariff.Databases[0];
        return new Refusal(Reason.NotInTier)
        {
            Text = "A STANDARD account has no free databases. "
                + $"The smallest one has {size} GB and costs {LimitText.Dollars(month)} a month.",
        };
    }
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
