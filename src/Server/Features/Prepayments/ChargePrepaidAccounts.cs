using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Prepayments;

/// <summary>
/// Charges the prepaid accounts whose turn it is: each at least every hour, and when its credits end.
/// </summary>
public sealed class ChargePrepaidAccounts(
    Db db, ChargePrepaidAccount charge, TimeProvider clock, ILogger<ChargePrepaidAccounts> log)
{
    private const int BatchSize = 100;

    /// <summary>How many were looked at.</summary>
    public async Task<int> Run(CancellationToken stop)
    {
        var now = clock.UtcNow().ToSecond();
        await LeaveOut(now, stop);
        var (count, last) = (0, Guid.Empty);
        while (true)
        {
            var batch = await db.Billings.AsNoTracking()
                .Where(b => b.PrepaidDueAt <= now && b.AccountId.CompareTo(last) > 0)
                .OrderBy(b => b.AccountId).Take(BatchSize).Select(b => b.AccountId).ToListAsync(stop);
            if (batch.Count == 0) return count;
            foreach (var accountId in batch) await Charge(accountId, stop);
            (count, last) = (count + batch.Count, batch[^1]);
        }
    }

    /// <summary>Accounts with a payment method are billed at the end of their period, and not before.</summary>
    private Task<int> LeaveOut(long now, CancellationToken stop) => db.Write(
        () => db.Billings
            .Where(b => b.PrepaidDueAt <= now)
            .Where(b => !db.Prepaid().Any(a => a.Id == b.AccountId))
            .Where(b => !db.Accounts.Any(
                a => a.Id == b.AccountId && a.SuspendedFor == SuspensionCause.NoCredits && a.ClosedAt == null))
            .ExecuteUpdateAsync(set => set.SetProperty(b => b.PrepaidDueAt, (long?)null), stop),
        stop);

    /// <summary>One that fails does not stand in the way of those behind it.</summary>
    private async Task Charge(Guid accountId, CancellationToken stop)
    {
        try
        {
            await charge.Run(accountId, stop);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            log.LogError(failure, "Account {Id} could not be charged", accountId);
        }

        db.ChangeTracker.Clear();
    }
}
