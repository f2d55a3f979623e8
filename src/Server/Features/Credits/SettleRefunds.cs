using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Credits;

/// <summary>
/// Finishes the refunds to which no answer came: on any node, as often as it takes, and on two at once without harm.
/// </summary>
public sealed class SettleRefunds(Db db, PayRefund pay, TimeProvider clock, ILogger<SettleRefunds> log)
{
    private const int BatchSize = 50;

    // A command that is still at work is left alone.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>How many were looked at.</summary>
    public async Task<int> Run(CancellationToken stop)
    {
        var before = clock.UtcNow() - Patience;
        var (count, after) = (0, Guid.Empty);
        while (true)
        {
            var started = await db.Refunds.AsNoTracking()
                .Where(r => r.State == RefundState.Started && r.CreatedAt <= before && r.Id > after)
                .OrderBy(r => r.Id).Take(BatchSize).ToListAsync(stop);
            foreach (var refund in started) await Settle(refund, stop);
            count += started.Count;
            if (started.Count < BatchSize) return count;
            after = started[^1].Id;
        }
    }

    /// <summary>One that fails does not stand in the way of those behind it.</summary>
    private async Task Settle(Refund refund, CancellationToken stop)
    {
        try
        {
            await pay.Run(refund, stop);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            log.LogError(failure, "Refund {Id} could not be settled", refund.Id);
            db.ChangeTracker.Clear();
        }
    }
}
