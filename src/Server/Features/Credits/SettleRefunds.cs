using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Credits;

/// <summary>
/// Finishes the refunds to which no answer came: on any node, as often as it takes, and on two at once without harm.
/// </summary>
public sealed class SettleRefunds(Db db, PayRefund pay, TimeProvider clock)
{
    private const int BatchSize = 50;

    // A command that is still at work is left alone.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>How many were looked at.</summary>
    public async Task<int> Run(CancellationToken stop)
    {
        var before = clock.UtcNow() - Patience;
        var started = await db.Refunds.AsNoTracking()
            .Where(r => r.State == RefundState.Started && r.CreatedAt <= before)
            .OrderBy(r => r.CreatedAt).Take(BatchSize).ToListAsync(stop);
        foreach (var refund in started) await pay.Run(refund, stop);
        return started.Count;
    }
}
