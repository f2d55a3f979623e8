using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Credits;

/// <summary>
/// Finishes the payments whose request fell over, and those for which a bank waits: on any node, as often as it takes,
/// and on two at once without harm.
/// </summary>
public sealed class SettlePayments(Db db, ChargePayment charge, TimeProvider clock, ILogger<SettlePayments> log)
{
    private const int BatchSize = 50;

    // A request that is still at work is left alone.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>How many were looked at.</summary>
    public async Task<int> Run(Caller caller, PaymentState state, CancellationToken stop)
    {
        var before = clock.UtcNow() - Patience;
        var (count, after) = (0, Guid.Empty);
        while (true)
        {
            // By age: identifiers begin with their time. What cannot be settled today is passed by, not waited for.
            var started = await db.Payments.AsNoTracking()
                .Where(p => p.State == state && p.CreatedAt <= before && p.Id > after)
                .OrderBy(p => p.Id).Take(BatchSize).ToListAsync(stop);
            foreach (var payment in started) await Settle(caller, payment, stop);
            count += started.Count;
            if (started.Count < BatchSize) return count;
            after = started[^1].Id;
        }
    }

    /// <summary>One that fails does not stand in the way of those behind it.</summary>
    private async Task Settle(Caller caller, Payment payment, CancellationToken stop)
    {
        try
        {
            await charge.Run(caller, payment, stop);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            log.LogError(failure, "Payment {Id} could not be settled", payment.Id);
            db.ChangeTracker.Clear();
        }
    }
}
