using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Apps;

/// <summary>The apps that the caller owns or has a part in.</summary>
public sealed class ListApps(Db db)
{
    /// <summary>
    /// The oldest first. Refuses with <see cref="Reason.NotLoggedIn"/> or <see cref="Reason.ScopeMissing"/>.
    /// </summary>
    public async Task<Outcome<IReadOnlyList<FoundApp>>> Run(Caller caller, CancellationToken stop)
    {
        if (!caller.Holder(Scope.Apps).Is(out var id, out var refusal)) return refusal;
        var roles = await db.Collaborators.AsNoTracking()
            .Where(c => c.AccountId == id)
            .Select(c => new { c.AppId, c.Role })
            .ToListAsync(stop);
        var roleOf = roles.GroupBy(c => c.AppId).ToDictionary(group => group.Key, group => group.Max(c => c.Role));
        var apps = await db.Apps.AsNoTracking()
            .Where(app => app.OwnerId == id || db.Collaborators.Any(c => c.AppId == app.Id && c.AccountId == id))
            .OrderBy(app => app.Id)
            .ToListAsync(stop);
        return Outcome.Of<IReadOnlyList<FoundApp>>(
        [
            .. apps.Where(app => app.OwnerId == id || roleOf.ContainsKey(app.Id)).Select(app =>
                new FoundApp(app, app.OwnerId == id ? AppRole.Owner : roleOf[app.Id], id)),
        ]);
    }
}
