using System.Text;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Gateways;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Databases;

/// <summary>
/// Brings the server of customers' databases to what is wanted of one of them: makes it, changes it, or drops it when
/// nobody has it any more. One at a time on all nodes; whatever was cut off goes on from there the next time.
/// </summary>
public sealed class SettleDatabase(
    Db db, PostgresProvisioner provisioner, MasterKey key, TimeProvider clock, ILogger<SettleDatabase> log)
{
    /// <summary>
    /// Whether it is as it is wanted. Not without a server, when the server failed, or when
    /// <paramref name="patience"/> was over; then a job goes on.
    /// </summary>
    public async Task<bool> Run(Guid id, TimeSpan patience, CancellationToken stop)
    {
        if (!provisioner.IsThere) return false;
        using var waiting = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(waiting.Token, stop);
        try
        {
            await using var turn = await provisioner.TakeTurn(id, either.Token);
            await Settle(turn, either.Token);
            return true;
        }
        catch (Exception late) when (late is OperationCanceledException && waiting.IsCancellationRequested)
        {
            log.LogWarning("Database {Id} is not settled after {Patience}", id, patience);
        }
        catch (UnfitServer unfit)
        {
            log.LogError("The server of customers' databases cannot be used: {Why}", unfit.Message);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            log.LogError(failure, "Database {Id} could not be settled", id);
        }

        return false;
    }

    private async Task Settle(DatabaseTurn turn, CancellationToken stop)
    {
        // Read in our turn: whoever was before us may have done it all.
        var database = await db.AppDatabases.AsNoTracking().SingleOrDefaultAsync(d => d.Id == turn.Id, stop);
        var isKnown = await db.HostedDatabases.AnyAsync(h => h.Id == turn.Id, stop);
        if (database is not null)
        {
            if (!isKnown && database.State != DatabaseState.Pending) return; // The platform made it by other means.
            if (!isKnown) await Begin(turn.Id, stop);
            await Make(turn, database, stop);
        }
        else if (isKnown)
        {
            await provisioner.Drop(turn, stop);
            await db.HostedDatabases.Where(h => h.Id == turn.Id).ExecuteDeleteAsync(stop);
        }
    }

    /// <summary>The row comes first: nothing is made that no row knows.</summary>
    private async Task Begin(Guid id, CancellationToken stop)
    {
        await db.Write(
            () =>
            {
                db.HostedDatabases.Add(new HostedDatabase { Id = id });
                return Task.FromResult(Done.It);
            },
            stop);
        db.ChangeTracker.Clear();
    }

    private async Task Make(DatabaseTurn turn, AppDatabase database, CancellationToken stop)
    {
        var isSuspended = await db.Accounts.AnyAsync(a => a.Id == database.OwnerId && a.SuspendedAt != null, stop);
        var password = database.OpenWith(key) is { } known
            ? new Secret(new Uri(known.Reveal()).UserInfo.Split(':')[^1])
            : PostgresProvisioner.NewPassword();
        var wanted = new WantedHosting(database.SizeMilli, password)
        {
            IsOpen = database.State != DatabaseState.Stopped && !isSuspended,
            IsReadOnly = database.LimitedAt is not null,
        };
        var version = await provisioner.Make(turn, wanted, stop);
        await db.Write(() => Note(turn.Id, wanted, version, stop), stop);
    }

    /// <summary>When it was destroyed meanwhile there is nothing to note, and the next time drops it.</summary>
    private async Task<Done> Note(Guid id, WantedHosting made, int version, CancellationToken stop)
    {
        var now = clock.UtcNow();
        var url = key.Seal(
            Encoding.UTF8.GetBytes(provisioner.AddressFor(id, made.Password).Reveal()), AppDatabase.SealContextOf(id));
        await db.HostedDatabases.Where(h => h.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(h => h.MadeAt, h => h.MadeAt ?? now)
                .SetProperty(h => h.SizeMilli, made.SizeMilli)
                .SetProperty(h => h.IsOpen, made.IsOpen)
                .SetProperty(h => h.IsReadOnly, made.IsReadOnly),
            stop);
        await db.AppDatabases.Where(d => d.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.SealedUrl, url).SetProperty(d => d.Version, $"POSTGRES_{version}"), stop);
        await db.AppDatabases.Where(d => d.Id == id && d.State == DatabaseState.Pending)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DatabaseState.Available), stop);
        return Done.It;
    }
}
