using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Apps;

/// <summary>Makes an app without replicas, which costs nothing yet.</summary>
public sealed class CreateApp(Db db, Tariff tariff, TimeProvider clock)
{
    private const int NamesToTry = 20;
    private const int NamesWithoutNumber = 5;

    /// <summary>
    /// Refuses with <see cref="Reason.TierLimit"/>, <see cref="Reason.Suspended"/>, <see cref="Reason.InvalidFormat"/>
    /// or <see cref="Reason.Taken"/> (the name), <see cref="Reason.NotOffered"/> (cloud, region, stack),
    /// <see cref="Reason.NotLoggedIn"/> or <see cref="Reason.ScopeMissing"/>.
    /// </summary>
    public async Task<Outcome<FoundApp>> Run(Caller caller, WantedApp wanted, CancellationToken stop)
    {
        if (!caller.Holder(Scope.Apps).Is(out var id, out var refusal)) return refusal;
        if (!PlaceOf(wanted).Is(out var place, out refusal)) return refusal;
        if (wanted.Name is null) return await CreateUnnamed(caller, id, place, stop);
        if (!AppName.Parse(wanted.Name).Is(out var name, out refusal)) return refusal;
        try
        {
            return await db.Write(() => Create(caller, id, name, place, stop), stop);
        }
        catch (Exception taken) when (db.IsTaken(taken))
        {
            return new Refusal(Reason.Taken, Field.AppName);
        }
    }

    private Task<Outcome<FoundApp>> CreateUnnamed(Caller caller, Guid id, AppPlace place, CancellationToken stop)
    {
        var tried = 0;
        return db.Write(
            () => Create(caller, id, AppName.AtRandom(crowded: tried++ >= NamesWithoutNumber), place, stop),
            stop,
            NamesToTry);
    }

    private async Task<Outcome<FoundApp>> Create(
        Caller caller, Guid id, AppName name, AppPlace place, CancellationToken stop)
    {
        await db.QueueUp(id, stop);
        var owner = await db.Accounts.AsNoTracking().Confirmed().SingleOrDefaultAsync(a => a.Id == id, stop);
        if (owner is null) return Reason.NotLoggedIn;
        var (limits, now) = (tariff.Of(owner.Tier), clock.UtcNow());
        var counted = await db.Accounts.Confirmed()
            .Where(a => a.Id == id && a.SuspendedAt == null && a.Tier == owner.Tier && a.AppCount < limits.Apps)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.AppCount, a => a.AppCount + 1), stop);
        if (counted == 0)
            return owner.SuspendedAt is null
                ? tariff.OneMore(Limited.Apps, owner.Tier, owner.AppCount)
                : Reason.Suspended;
        var app = App.Create(id, name, place, limits.Smallest, now);
        db.Apps.Add(app);
        // Saved on its own first, so that a name that is taken is known before anything is told.
        await db.SaveChangesAsync(stop);
        var taken = new TakenApp(app, owner, AppRole.Owner, id)
        {
            Limits = limits,
            IsSuspended = false,
            Now = now,
        };
        await db.Tell(caller, taken, new AppChange(AuditEvent.AppCreated, app.Name), stop);
        return new FoundApp(app, AppRole.Owner, id);
    }

    private Outcome<AppPlace> PlaceOf(WantedApp wanted)
    {
        var places = tariff.Places
            .Where(place => wanted.Cloud is null || place.Cloud == wanted.Cloud)
            .ToList();
        if (places.Count == 0) return new Refusal(Reason.NotOffered, Field.Cloud);
        places = [.. places.Where(place => wanted.Region is null || place.Region == wanted.Region)];
        if (places.Count == 0) return new Refusal(Reason.NotOffered, Field.Region);
        var stack = tariff.Stacks.FirstOrDefault(stack => wanted.Stack is null || stack == wanted.Stack);
        return stack is null
            ? new Refusal(Reason.NotOffered, Field.Stack)
            : new AppPlace(places[0].Cloud, places[0].Region, stack);
    }
}

/// <summary>An app that somebody asks for; what is null is chosen for them.</summary>
public sealed record WantedApp(string? Name, string? Cloud, string? Region, string? Stack);
