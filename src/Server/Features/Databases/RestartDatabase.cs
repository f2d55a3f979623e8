using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Apps;
using Gatehouse.Gateways;
using Gatehouse.Platform;

namespace Gatehouse.Features.Databases;

/// <summary>
/// Ends everything that is connected to a database: what a restart does for its owner, where the server is everybody's.
/// </summary>
public sealed class RestartDatabase(
    Db db, TakeDatabase take, PostgresProvisioner provisioner, FinishDatabase finish, Settings settings)
{
    /// <summary>
    /// Refuses with <see cref="Reason.NotAvailable"/> (not made, or stopped), <see cref="Reason.Busy"/> when its server
    /// did not do it in time, or with what <see cref="TakeDatabase"/> refuses.
    /// </summary>
    public async Task<Outcome<FoundDatabase>> Run(Caller caller, string? name, Guid id, CancellationToken stop)
    {
        var told = await db.Write(() => Tell(caller, name, id, stop), stop);
        if (!told.Is(out var appName, out var refusal)) return refusal;
        return await EndSessions(id, stop) ? await finish.Run(id, appName, stop) : Reason.Busy;
    }

    private async Task<Outcome<string>> Tell(Caller caller, string? name, Guid id, CancellationToken stop)
    {
        if (!(await take.Run(caller, name, id, stop)).Is(out var taken, out var refusal)) return refusal;
        if (taken.Found.Standing != DatabaseStanding.Available)
            return new Refusal(Reason.NotAvailable) { Text = taken.Found.Note };
        await db.Tell(caller, taken.In, new AppChange(AuditEvent.DatabaseRestarted, Subject: $"{id:D}"), stop);
        return taken.Found.AppName;
    }

    private async Task<bool> EndSessions(Guid id, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(settings.Databases.Patience);
        try
        {
            await using var turn = await provisioner.TakeTurn(id, patience.Token);
            await provisioner.EndSessions(turn, patience.Token);
            return true;
        }
        catch (Exception failure) when (!stop.IsCancellationRequested && Faults.IsOutage(failure))
        {
            return false;
        }
    }
}
