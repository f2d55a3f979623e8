using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Usage;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Apps;

/// <summary>
/// Destroys an app with its domains, databases, people, variables and activity. What it used so far stays to be billed.
/// </summary>
public sealed class DestroyApp(Db db, TakeApp take)
{
    /// <summary>For its owner only. Refuses with what <see cref="FindApp"/> refuses.</summary>
    public Task<Outcome<Done>> Run(Caller caller, string? name, CancellationToken stop) =>
        db.Write(() => Destroy(caller, name, stop), stop);

    private async Task<Outcome<Done>> Destroy(Caller caller, string? name, CancellationToken stop)
    {
        if (!(await take.Run(caller, name, AppRole.Owner, stop)).Is(out var taken, out var refusal)) return refusal;
        var app = taken.App;
        var databases = await db.AppDatabases.Where(d => d.AppId == app.Id).Select(d => d.Id).ToListAsync(stop);
        await db.EndMeters(app, taken.Now, stop);
        foreach (var id in databases)
            await db.TellOwner(caller, taken, new AppChange(AuditEvent.DatabaseDestroyed, Subject: $"{id:D}"), stop);
        await db.TellOwner(caller, taken, new AppChange(AuditEvent.AppDestroyed), stop);
        // All that belongs to it goes with it, by the foreign keys.
        await db.Apps.Where(a => a.Id == app.Id).ExecuteDeleteAsync(stop);
        await db.Accounts.Where(a => a.Id == app.OwnerId)
            .ExecuteUpdateAsync(
                set => set.SetProperty(a => a.AppCount, a => a.AppCount - 1)
                    .SetProperty(a => a.DatabaseCount, a => a.DatabaseCount - databases.Count),
                stop);
        return Done.It;
    }
}
