using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.SpendCaps;

/// <summary>Looks at the caps whose turn it is: when they are nearly reached, reached, or begin anew.</summary>
public sealed class EnforceSpendCaps(
    Db db, EnforceSpendCap enforce, TimeProvider clock, ILogger<EnforceSpendCaps> log)
{
    private const int BatchSize = 100;

    /// <summary>How many were looked at.</summary>
    public async Task<int> Run(CancellationToken stop)
    {
        var now = clock.UtcNow().ToSecond();
        var (count, last) = (0, Guid.Empty);
        while (true)
        {
            var batch = await db.Billings.AsNoTracking()
                .Where(b => b.CapDueAt <= now && b.AccountId.CompareTo(last) > 0)
                .OrderBy(b => b.AccountId).Take(BatchSize).Select(b => b.AccountId).ToListAsync(stop);
            if (batch.Count == 0) return count;
            foreach (var accountId in batch) await Look(accountId, stop);
            (count, last) = (count + batch.Count, batch[^1]);
        }
    }

    /// <summary>One that fails does not stand in the way of those behind it.</summary>
    private async Task Look(Guid accountId, CancellationToken stop)
    {
        try
        {
            await db.Write(() => Enforce(accountId, stop), stop);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            log.LogError(failure, "The cap of {Id} could not be held", accountId);
        }

        db.ChangeTracker.Clear();
    }

    private async Task<Done> Enforce(Guid accountId, CancellationToken stop)
    {
        await db.QueueUp(accountId, stop);
        var now = clock.UtcNow();
        var billing = await db.Billings.AsNoTracking().SingleAsync(b => b.AccountId == accountId, stop);
        // A period that is over is held to the cap when it is invoiced, which comes first.
        if (billing.CapDueAt is null || billing.InvoiceDueAt <= now.ToSecond()) return Done.It;
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == accountId, stop);
        await enforce.Run(account, now.ToSecond() + 1, now, stop);
        return Done.It;
    }
}
