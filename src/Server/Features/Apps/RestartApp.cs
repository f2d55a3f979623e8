using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Apps;

/// <summary>Asks the platform to start an app's instances anew.</summary>
public sealed class RestartApp(Db db, TakeApp take)
{
    /// <summary>
    /// Refuses with <see cref="Reason.Suspended"/>, or with what <see cref="FindApp"/> refuses.
    /// </summary>
    public Task<Outcome<Done>> Run(Caller caller, string? name, CancellationToken stop) =>
        db.Write(() => Restart(caller, name, stop), stop);

    private async Task<Outcome<Done>> Restart(Caller caller, string? name, CancellationToken stop)
    {
        if (!(await take.Run(caller, name, AppRole.Collaborator, stop)).Is(out var taken, out var refusal))
            return refusal;
        if (taken.IsSuspended) return Reason.Suspended;
        await db.Apps.Where(a => a.Id == taken.App.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Version, a => a.Version + 1), stop);
        await db.Tell(caller, taken, new AppChange(AuditEvent.AppRestarted), stop);
        return Done.It;
    }
}
