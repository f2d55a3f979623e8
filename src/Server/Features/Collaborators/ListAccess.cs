using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Apps;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Collaborators;

/// <summary>Who may do what with an app.</summary>
public sealed class ListAccess(Db db, FindApp find)
{
    /// <summary>Those who were added first come first. Refuses with what <see cref="FindApp"/> refuses.</summary>
    public async Task<Outcome<AppAccess>> Run(Caller caller, string? name, CancellationToken stop)
    {
        if (!(await find.Run(caller, name, AppRole.Viewer, stop)).Is(out var found, out var refusal)) return refusal;
        var owner = await db.Accounts
            .Where(a => a.Id == found.App.OwnerId).Select(a => a.EmailSpelling).SingleAsync(stop);
        var people = await db.Collaborators.AsNoTracking()
            .Where(c => c.AppId == found.App.Id)
            .OrderBy(c => c.CreatedAt).ThenBy(c => c.Email)
            .ToListAsync(stop);
        return new AppAccess(owner, people);
    }
}

/// <summary>Who may do what with an app.</summary>
/// <param name="Owner">The owner's address.</param>
/// <param name="People">All others, as the owner named them.</param>
public sealed record AppAccess(string Owner, IReadOnlyList<Collaborator> People);
