using System.Numerics;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Usage;

/// <summary>
/// Whether something more fits under the cap that the owner set: what the running period has cost, with the rest of it,
/// and a full period after that. So the cap is held before it costs. Runs in the caller's transaction.
/// </summary>
public sealed class RequireRoom(Db db, Tariff tariff, TimeProvider clock)
{
    /// <summary>Refuses with <see cref="Reason.SpendCapReached"/> where the owner wants that.</summary>
    public async Task<Outcome<Done>> Run(Account owner, Money month, CancellationToken stop)
    {
        var billing = await db.Billings.AsNoTracking()
            .SingleOrDefaultAsync(b => b.AccountId == owner.Id && b.CapNanos != null, stop);
        if (billing?.CapNanos is not { } cap || billing.CapAction != CapAction.Refuse) return Done.It;
        var most = await Forecast(owner, month, stop);
        return most <= cap
            ? Done.It
            : new Refusal(Reason.SpendCapReached)
            {
                Text = $"Your cap is {LimitText.Dollars(new Money(cap))} a month. "
                    + $"With this a month would cost {LimitText.Dollars(new Money((long)most))}.",
            };
    }

    /// <summary>The more expensive of the running period and a full one, in nano-dollars.</summary>
    internal async Task<BigInteger> Forecast(Account owner, Money month, CancellationToken stop)
    {
        var full = (BigInteger)((await db.CostsOf(owner.Id, tariff, stop)).Sum() + month).Nanos;
        var second = clock.UtcNow().ToSecond();
        var period = BillingPeriod.Containing(owner.CreatedAt, second);
        var prices = await db.ReadPrices(stop);
        var intervals = await db.UsedSince(owner.Id, period.StartsAt).AsNoTracking().ToListAsync(stop);
        var running = new Metering(owner.CreatedAt, prices).Between(intervals, period.StartsAt, period.EndsAt);
        var rest = new Fraction((BigInteger)month.Nanos * (period.EndsAt - second), period.Seconds);
        return BigInteger.Max(full, (Bill.CostOf(running, prices) + rest).Floor);
    }
}
