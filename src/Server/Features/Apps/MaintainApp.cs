using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Apps;

/// <summary>Puts an app into maintenance mode, where visitors see a page that says so, or takes it out.</summary>
public sealed class MaintainApp(Db db, TakeApp take)
{
    /// <summary>
    /// Whether it is in maintenance mode now. Refuses with <see cref="Reason.Required"/>,
    /// <see cref="Reason.Suspended"/>, or with what <see cref="FindApp"/> refuses.
    /// </summary>
    public Task<Outcome<bool>> Run(Caller caller, string? name, bool? isOn, CancellationToken stop) =>
        db.Write(() => Maintain(caller, name, isOn, stop), stop);

    private async Task<Outcome<bool>> Maintain(Caller caller, string? name, bool? isOn, CancellationToken stop)
    {
        if (!(await take.Run(caller, name, AppRole.Collaborator, stop)).Is(out var taken, out var refusal))
            return refusal;
        if (isOn is not { } wanted) return new Refusal(Reason.Required, Field.Enable);
        if (taken.IsSuspended) return Reason.Suspended;
        if (taken.App.MaintenanceSince is not null == wanted) return wanted;
        var since = wanted ? taken.Now : (DateTime?)null;
        await db.Apps.Where(a => a.Id == taken.App.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.MaintenanceSince, since), stop);
        await db.Tell(
            caller, taken, new AppChange(wanted ? AuditEvent.AppMaintained : AuditEvent.AppInService), stop);
        return wanted;
    }
}
