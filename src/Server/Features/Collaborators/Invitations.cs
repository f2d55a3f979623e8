using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Collaborators;

/// <summary>
/// Access that was given to an address, and the account that has it. From the moment when somebody proves the address
/// the access is theirs and stays theirs: whoever has the address later inherits nothing.
/// </summary>
internal static class Invitations
{
    /// <summary>What waited for the address that an account just proved becomes the account's.</summary>
    public static Task BindAccess(this Db db, Guid accountId, string email, CancellationToken stop) =>
        db.Collaborators
            .Where(c => c.Email == email && c.AccountId == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.AccountId, accountId), stop);

    /// <summary>
    /// An account that was taken over was given back: people who were let in to its apps since are out again, and what
    /// the other's address brought along goes back to wait for its owner.
    /// </summary>
    public static async Task UndoAccess(this Db db, EmailChange change, CancellationToken stop)
    {
        await db.Collaborators
            .Where(c => c.AccountId == change.AccountId && c.Email == change.Next)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.AccountId, (Guid?)null), stop);
        var since = await db.Collaborators
            .Where(c => c.CreatedAt >= change.RequestedAt)
            .Where(c => db.Apps.Any(app => app.Id == c.AppId && app.OwnerId == change.AccountId))
            .ToListAsync(stop);
        await db.Remove(since, stop);
    }

    /// <summary>An account is erased, and with it all parts it had in others' apps.</summary>
    public static async Task LeaveAll(this Db db, Guid accountId, CancellationToken stop) =>
        await db.Remove(await db.Collaborators.Where(c => c.AccountId == accountId).ToListAsync(stop), stop);

    private static async Task Remove(this Db db, List<Collaborator> people, CancellationToken stop)
    {
        foreach (var app in people.GroupBy(c => c.AppId))
        {
            // Counted is what was there: somebody else may have removed one of them meanwhile.
            var emails = app.Select(c => c.Email).ToList();
            var count = await db.Collaborators
                .Where(c => c.AppId == app.Key && emails.Contains(c.Email))
                .ExecuteDeleteAsync(stop);
            await db.Apps.Where(a => a.Id == app.Key)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(a => a.CollaboratorCount, a => a.CollaboratorCount - count), stop);
        }
    }
}
