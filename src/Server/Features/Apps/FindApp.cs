using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Apps;

/// <summary>Finds an app by its name, for those who have a part in it; for others there is none.</summary>
public sealed class FindApp(Db db)
{
    /// <summary>
    /// Refuses with <see cref="Reason.NotFound"/>, with <see cref="Reason.RoleMissing"/> when the caller's part in the
    /// app is less than <paramref name="least"/>, or with <see cref="Reason.NotLoggedIn"/> or
    /// <see cref="Reason.ScopeMissing"/>.
    /// </summary>
    public async Task<Outcome<FoundApp>> Run(Caller caller, string? name, AppRole least, CancellationToken stop)
    {
        if (!caller.Holder(Scope.Apps).Is(out var id, out var refusal)) return refusal;
        if (AppName.Canonical(name) is not { } canonical) return Nowhere;
        // One query for what is there and for what is not, so that neither answers faster.
        var found = await db.Apps.AsNoTracking()
            .Where(app => app.Name == canonical)
            .Select(app => new
            {
                App = app,
                Roles = db.Collaborators
                    .Where(c => c.AppId == app.Id && c.AccountId == id)
                    .Select(c => c.Role)
                    .ToList(),
            })
            .SingleOrDefaultAsync(stop);
        if (found is null) return Nowhere;
        var roles = found.App.OwnerId == id ? [AppRole.Owner] : found.Roles;
        if (roles.Count == 0) return Nowhere;
        return roles.Max() < least ? Reason.RoleMissing : new FoundApp(found.App, roles.Max(), id);
    }

    private static Refusal Nowhere => new(Reason.NotFound, Field.AppName);
}

/// <summary>An app and the caller's part in it.</summary>
/// <param name="App">The app.</param>
/// <param name="Role">What the caller may do with it.</param>
/// <param name="CallerId">The caller's account.</param>
public sealed record FoundApp(App App, AppRole Role, Guid CallerId);
