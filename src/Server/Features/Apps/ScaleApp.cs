using System.Globalization;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Usage;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Apps;

/// <summary>Sets how many replicas an app shall have, and how large they are.</summary>
public sealed class ScaleApp(Db db, TakeApp take, RequireFunds funds, Tariff tariff)
{
    /// <summary>
    /// What is null stays as it is. Refuses with <see cref="Reason.Required"/> (neither of them),
    /// <see cref="Reason.OutOfRange"/>, <see cref="Reason.TierLimit"/>, <see cref="Reason.Suspended"/> and
    /// <see cref="Reason.InsufficientCredits"/> (more than before), or what <see cref="FindApp"/> refuses.
    /// </summary>
    public async Task<Outcome<App>> Run(
        Caller caller, string? name, int? replicas, decimal? gigabytes, CancellationToken stop)
    {
        if (replicas is null && gigabytes is null) return new Refusal(Reason.Required, Field.Replicas);
        return await db.Write(() => Scale(caller, name, replicas, gigabytes, stop), stop);
    }

    private async Task<Outcome<App>> Scale(
        Caller caller, string? name, int? replicas, decimal? gigabytes, CancellationToken stop)
    {
        if (!(await take.Run(caller, name, AppRole.Collaborator, stop)).Is(out var taken, out var refusal))
            return refusal;
        var app = taken.App;
        if (!ReadSize(gigabytes, app.Size, taken.Limits).Is(out var size, out refusal)) return refusal;
        var wanted = new Scaling(replicas ?? app.Replicas, size);
        if (Forbids(taken, wanted) is { } forbidden) return forbidden;
        var more = tariff.ReplicaMonth(size, wanted.Replicas) - tariff.ReplicaMonth(app.Size, app.Replicas);
        if (more.Nanos > 0 && taken.IsSuspended) return Reason.Suspended;
        if (!(await funds.Run(taken.Owner, more, stop)).Is(out _, out refusal)) return refusal;
        if (await Store(taken, wanted, grows: more.Nanos > 0, stop) == 0) return Reason.Suspended;
        if (taken.Owner.Tier == Tier.Standard)
        {
            var usage = new MeteredUse(Metered.Replica, app.Id, wanted.Replicas, size);
            await db.Meter(app, usage, taken.Now, stop);
        }

        var detail = string.Create(CultureInfo.InvariantCulture, $"{wanted.Replicas} x {size}");
        await db.Tell(caller, taken, new AppChange(AuditEvent.AppScaled, detail), stop);
        return await db.Apps.AsNoTracking().SingleAsync(a => a.Id == app.Id, stop);
    }

    /// <summary>The statement that decides: only in the tier that was looked at, and no more when suspended.</summary>
    private Task<int> Store(TakenApp taken, Scaling wanted, bool grows, CancellationToken stop)
    {
        var owner = taken.Owner;
        return db.Apps
            .Where(a => a.Id == taken.App.Id)
            .Where(a => db.Accounts.Any(o => o.Id == owner.Id && o.Tier == owner.Tier))
            .Where(a => !grows || db.Accounts.Any(o => o.Id == owner.Id && o.SuspendedAt == null))
            .ExecuteUpdateAsync(
                set => set.SetProperty(a => a.Replicas, wanted.Replicas)
                    .SetProperty(a => a.SizeMilli, wanted.Size.Milli)
                    .SetProperty(a => a.Version, a => a.Version + 1),
                stop);
    }

    /// <summary>The size that is asked for; whether the tier allows it is another question.</summary>
    private Outcome<Size> ReadSize(decimal? gigabytes, Size now, TierLimits limits)
    {
        if (gigabytes is not { } number) return now;
        var largest = tariff.Of(Tier.Standard).Largest.Milli > limits.Largest.Milli
            ? tariff.Of(Tier.Standard).Largest
            : limits.Largest;
        return Size.FromGigabytes(number) is { } size
            && size.Milli >= limits.Smallest.Milli && size.Milli <= largest.Milli
            && size.Milli % Tariff.SizeStepMilli == 0
            ? size
            : new Refusal(Reason.OutOfRange, Field.Size)
            {
                Text = $"should be between {limits.Smallest} and {largest} in steps of 0.1",
            };
    }

    private Refusal? Forbids(TakenApp taken, Scaling wanted)
    {
        var (app, tier) = (taken.App, taken.Owner.Tier);
        var month = tariff.ReplicaMonth(wanted.Size, Math.Max(1, wanted.Replicas));
        var most = Math.Max(taken.Limits.Replicas, tariff.Of(Tier.Standard).Replicas);
        if (wanted.Replicas < 0 || wanted.Replicas > most)
            return new Refusal(Reason.OutOfRange, Field.Replicas) { Text = $"should be between 0 and {most}" };
        if (wanted.Replicas > taken.Limits.Replicas)
            return tariff.Beyond(Limited.Replicas, tier, app.Replicas, wanted.Replicas, month);
        return wanted.Size.Milli > taken.Limits.Largest.Milli
            ? tariff.Beyond(Limited.ReplicaSize, tier, app.SizeMilli, wanted.Size.Milli, month)
            : null;
    }

    private sealed record Scaling(int Replicas, Size Size);
}
