using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Apps;
using Gatehouse.Features.Usage;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Databases;

/// <summary>
/// Destroys a database, free or paid, whoever is connected to it. What it cost so far stays to be billed.
/// </summary>
public sealed class DestroyDatabase(Db db, TakeApp take, SettleDatabase settle, Settings settings)
{
    /// <summary>
    /// Whether it is gone from its server too, which otherwise happens by itself. Refuses with
    /// <see cref="Reason.NotFound"/>, or with what <see cref="FindApp"/> refuses.
    /// </summary>
    public async Task<Outcome<DestroyedDatabase>> Run(Caller caller, string? name, Guid id, CancellationToken stop)
    {
        var destroyed = await db.Write(() => Destroy(caller, name, id, stop), stop);
        if (!destroyed.Is(out _, out var refusal)) return refusal;
        var isSettled = await settle.Run(id, settings.Databases.Patience, stop);
        return new DestroyedDatabase(isSettled || !await db.HostedDatabases.AnyAsync(h => h.Id == id, stop));
    }

    private async Task<Outcome<Done>> Destroy(Caller caller, string? name, Guid id, CancellationToken stop)
    {
        if (!(await take.Run(caller, name, AppRole.Collaborator, stop)).Is(out var taken, out var refusal))
            return refusal;
        var destroyed = await db.AppDatabases
            .Where(d => d.Id == id && d.AppId == taken.App.Id)
            .ExecuteDeleteAsync(stop);
        if (destroyed == 0) return Reason.NotFound;
        await db.Meter(taken.App, new MeteredUse(Metered.Database, id, Quantity: 0, default), taken.Now, stop);
        await db.Accounts.Where(a => a.Id == taken.Owner.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.DatabaseCount, a => a.DatabaseCount - 1), stop);
        await db.Tell(caller, taken, new AppChange(AuditEvent.DatabaseDestroyed, Subject: $"{id:D}"), stop);
        return Done.It;
    }
}

/// <summary>A database that nobody has any more.</summary>
/// <param name="IsGone">Whether its server has dropped it already.</param>
public sealed record DestroyedDatabase(bool IsGone);
