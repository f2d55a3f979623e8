using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Apps;

/// <summary>Sets the system image that an app's next instances run in.</summary>
public sealed class RestackApp(Db db, TakeApp take, Tariff tariff)
{
    /// <summary>
    /// Refuses with <see cref="Reason.Required"/>, <see cref="Reason.NotOffered"/>, <see cref="Reason.Suspended"/>, or
    /// with what <see cref="FindApp"/> refuses.
    /// </summary>
    public Task<Outcome<Done>> Run(Caller caller, string? name, string? stack, CancellationToken stop) =>
        db.Write(() => Change(caller, name, stack, stop), stop);

    private async Task<Outcome<Done>> Change(Caller caller, string? name, string? stack, CancellationToken stop)
    {
        if (!(await take.Run(caller, name, AppRole.Collaborator, stop)).Is(out var taken, out var refusal))
            return refusal;
        if (string.IsNullOrEmpty(stack)) return new Refusal(Reason.Required, Field.Stack);
        if (!tariff.Stacks.Contains(stack, StringComparer.Ordinal)) return new Refusal(Reason.NotOffered, Field.Stack);
        if (taken.IsSuspended) return Reason.Suspended;
        await db.Apps.Where(a => a.Id == taken.App.Id)
            .ExecuteUpdateAsync(
                set => set.SetProperty(a => a.Stack, stack).SetProperty(a => a.Version, a => a.Version + 1), stop);
        await db.Tell(caller, taken, new AppChange(AuditEvent.AppStackChanged, stack), stop);
        return Done.It;
    }
}
