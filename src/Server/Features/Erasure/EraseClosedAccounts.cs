using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Erasure;

/// <summary>Erases the closed accounts whose time to come back is over.</summary>
public sealed class EraseClosedAccounts(Db db, EraseAccount erase, Settings settings, TimeProvider clock)
{
    private const int BatchSize = 100;

    /// <summary>How many were erased.</summary>
    public async Task<int> Run(Caller caller, CancellationToken stop)
    {
        var before = clock.UtcNow() - TimeSpan.FromDays(settings.Accounts.ClosingGraceDays);
        var erased = await db.Write(() => Erase(caller, before, stop), stop);
        // Otherwise the old pages would live on in the write-ahead log, also those of accounts that were erased because
        // somebody proved their address afresh.
        await db.Checkpoint(stop);
        return erased;
    }

    private async Task<int> Erase(Caller caller, DateTime before, CancellationToken stop)
    {
        var closed = await db.Accounts
            .Where(a => a.ClosedAt <= before && a.ErasedAt == null).OrderBy(a => a.ClosedAt)
            .Take(BatchSize).ToListAsync(stop);
        foreach (var account in closed)
        {
            // Its owner may be opening it again at this moment.
            await db.QueueUp(account.Id, stop);
            await db.Entry(account).ReloadAsync(stop);
            if (account.ClosedAt <= before) await erase.Run(caller, account, clock.UtcNow(), stop);
        }

        return closed.Count;
    }
}
