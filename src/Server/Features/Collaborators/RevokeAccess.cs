using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Apps;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Collaborators;

/// <summary>Ends somebody's part in an app.</summary>
public sealed class RevokeAccess(Db db, TakeApp take)
{
    /// <summary>
    /// For the owner, and for those who want to leave. Refuses with <see cref="Reason.Required"/>,
    /// <see cref="Reason.InvalidFormat"/>, <see cref="Reason.NotFound"/>, <see cref="Reason.RoleMissing"/>, or with
    /// what <see cref="FindApp"/> refuses.
    /// </summary>
    public Task<Outcome<Done>> Run(Caller caller, string? name, string? email, CancellationToken stop) =>
        db.Write(() => Revoke(caller, name, email, stop), stop);

    private async Task<Outcome<Done>> Revoke(Caller caller, string? name, string? email, CancellationToken stop)
    {
        if (!(await take.Run(caller, name, AppRole.Viewer, stop)).Is(out var taken, out var refusal)) return refusal;
        if (!EmailAddress.Parse(email).Is(out var address, out refusal)) return refusal;
        var person = await db.Collaborators.AsNoTracking()
            .SingleOrDefaultAsync(c => c.AppId == taken.App.Id && c.Email == address.Canonical, stop);
        if (taken.Role != AppRole.Owner && person?.AccountId != taken.CallerId) return Reason.RoleMissing;
        if (person is null) return Reason.NotFound;
        var removed = await db.Collaborators
            .Where(c => c.AppId == person.AppId && c.Email == person.Email)
            .ExecuteDeleteAsync(stop);
        if (removed == 0) return Reason.NotFound;
        await db.Apps.Where(a => a.Id == taken.App.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.CollaboratorCount, a => a.CollaboratorCount - 1), stop);
        await db.Tell(caller, taken, new AppChange(AuditEvent.AccessRevoked), stop);
        return Done.It;
    }
}
