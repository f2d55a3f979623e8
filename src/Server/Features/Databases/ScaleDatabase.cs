using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Apps;
using Gatehouse.Features.Usage;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Databases;

/// <summary>Sets how large a paid database is, and with it how many may connect at once.</summary>
public sealed class ScaleDatabase(
    Db db, TakeApp take, RequireFunds funds, FinishDatabase finish, Tariff tariff)
{
    /// <summary>
    /// A size that is null stays as it is; high availability is not for sale, and turning it off is no change. Refuses
    /// with <see cref="Reason.NotFound"/>, <see cref="Reason.TierLimit"/>, <see cref="Reason.OutOfRange"/>,
    /// <see cref="Reason.NotOffered"/>, <see cref="Reason.InvalidFormat"/>, <see cref="Reason.Suspended"/> and
    /// <see cref="Reason.InsufficientCredits"/> (more than before), or with what <see cref="FindApp"/> refuses.
    /// </summary>
    public async Task<Outcome<FoundDatabase>> Run(
        Caller caller, string? name, Guid id, ScaledDatabase wanted, CancellationToken stop)
    {
        var scaled = await db.Write(() => Scale(caller, name, id, wanted, stop), stop);
        return scaled.Is(out var appName, out var refusal) ? await finish.Run(id, appName, stop) : refusal;
    }

    private async Task<Outcome<string>> Scale(
        Caller caller, string? name, Guid id, ScaledDatabase wanted, CancellationToken stop)
    {
        if (!(await take.Run(caller, name, AppRole.Collaborator, stop)).Is(out var taken, out var refusal))
            return refusal;
        var database = await db.AppDatabases.SingleOrDefaultAsync(d => d.Id == id && d.AppId == taken.App.Id, stop);
        if (database is null) return Reason.NotFound;
        if (RefuseAvailability(wanted.HighAvailability) is { } unavailable) return unavailable;
        if (wanted.Gigabytes is null) return taken.App.Name;
        if (database.Tier == Tier.Free) return tariff.OneMore(Limited.PaidDatabases, Tier.Free, inUse: 0);
        if (!DatabaseSize.Read(tariff, wanted.Gigabytes).Is(out var size, out refusal)) return refusal;
        if (size.Milli == database.SizeMilli) return taken.App.Name;
        var before = await db.DatabaseMonth(tariff, new Size(database.SizeMilli), stop);
        var more = tariff.DatabaseMonth(size) - before;
        if (more.Nanos > 0 && taken.IsSuspended) return Reason.Suspended;
        if (!(await funds.Run(taken.Owner, more, stop)).Is(out _, out refusal)) return refusal;
        database.SizeMilli = size.Milli;
        var use = new MeteredUse(Metered.Database, id, Quantity: 1, size);
        await db.Meter(taken.App, use, taken.Now, stop);
        await db.Tell(caller, taken, new AppChange(AuditEvent.DatabaseScaled, $"{size}", $"{id:D}"), stop);
        return taken.App.Name;
    }

    private static Refusal? RefuseAvailability(string? wanted) => wanted switch
    {
        null or "disabled" => null,
        "enabled" => new Refusal(Reason.NotOffered, Field.HighAvailability),
        _ => new Refusal(Reason.InvalidFormat, Field.HighAvailability),
    };
}

/// <summary>What a database shall be; null stays as it is.</summary>
/// <param name="Gigabytes">How large.</param>
/// <param name="HighAvailability"><c>enabled</c> or <c>disabled</c>.</param>
public sealed record ScaledDatabase(decimal? Gigabytes, string? HighAvailability);
