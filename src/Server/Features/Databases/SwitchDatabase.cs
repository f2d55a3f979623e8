using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Apps;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Databases;

/// <summary>
/// Stops a database, so that nobody can connect to it, or starts it again. Its data is kept, and costs what it cost.
/// </summary>
public sealed class SwitchDatabase(Db db, TakeDatabase take, FinishDatabase finish)
{
    /// <summary>
    /// Refuses with <see cref="Reason.NotAvailable"/> while it is being made, or with what <see cref="TakeDatabase"/>
    /// refuses.
    /// </summary>
    public async Task<Outcome<FoundDatabase>> Run(
        Caller caller, string? name, Guid id, bool isOn, CancellationToken stop)
    {
        var switched = await db.Write(() => Switch(caller, name, id, isOn, stop), stop);
        return switched.Is(out var appName, out var refusal) ? await finish.Run(id, appName, stop) : refusal;
    }

    private async Task<Outcome<string>> Switch(Caller caller, string? name, Guid id, bool isOn, CancellationToken stop)
    {
        if (!(await take.Run(caller, name, id, stop)).Is(out var taken, out var refusal)) return refusal;
        var found = taken.Found;
        if (found.Standing == DatabaseStanding.Pending)
            return new Refusal(Reason.NotAvailable) { Text = found.Note };
        var wanted = isOn ? DatabaseState.Available : DatabaseState.Stopped;
        if (found.Database.State == wanted) return found.AppName;
        await db.AppDatabases.Where(d => d.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.State, wanted), stop);
        var change = isOn ? AuditEvent.DatabaseStarted : AuditEvent.DatabaseStopped;
        await db.Tell(caller, taken.In, new AppChange(change, Subject: $"{id:D}"), stop);
        return found.AppName;
    }
}
