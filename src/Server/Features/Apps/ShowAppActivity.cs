using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Apps;

/// <summary>What happened to an app, for all who may see it.</summary>
public sealed class ShowAppActivity(Db db, FindApp find)
{
    private const int Most = 1000;

    /// <summary>The newest first, at most a thousand. Refuses with what <see cref="FindApp"/> refuses.</summary>
    public async Task<Outcome<IReadOnlyList<AppActivity>>> Run(Caller caller, string? name, CancellationToken stop)
    {
        if (!(await find.Run(caller, name, AppRole.Viewer, stop)).Is(out var found, out var refusal)) return refusal;
        var events = await db.AppEvents.AsNoTracking()
            .Where(happened => happened.AppId == found.App.Id)
            .OrderByDescending(happened => happened.Id)
            .Take(Most)
            .ToListAsync(stop);
        var names = await NamesOf(found.App, stop);
        return Outcome.Of<IReadOnlyList<AppActivity>>(
            [.. events.Select(happened => new AppActivity(happened, names.GetValueOrDefault(happened.ActorId)))]);
    }

    /// <summary>
    /// The owner's address, and of the others the one that the owner gave: what it changed to is theirs to tell.
    /// </summary>
    private async Task<Dictionary<Guid, string>> NamesOf(App app, CancellationToken stop)
    {
        var people = await db.Collaborators.AsNoTracking()
            .Where(c => c.AppId == app.Id && c.AccountId != null)
            .OrderBy(c => c.CreatedAt)
            .ToListAsync(stop);
        var names = people
            .GroupBy(c => c.AccountId!.Value)
            .ToDictionary(group => group.Key, group => group.First().EmailSpelling);
        names[app.OwnerId] = await db.Accounts
            .Where(a => a.Id == app.OwnerId).Select(a => a.EmailSpelling).SingleAsync(stop);
        return names;
    }
}

/// <summary>One event of an app.</summary>
/// <param name="Event">What and when.</param>
/// <param name="Actor">Whose doing it was; null when they have no part in the app any more.</param>
public sealed record AppActivity(AppEvent Event, string? Actor);
