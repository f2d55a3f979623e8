using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Usage;

/// <summary>What an account's next invoice would say if it were issued now.</summary>
internal static class RunningBill
{
    /// <summary>
    /// The running period and its bill until now, with what came too late for earlier invoices. What the invoice of a
    /// period that is over still has to say is not in it.
    /// </summary>
    public static async Task<(BillingPeriod Period, Bill Bill)> ReadRunningBill(
        this Db db, Guid accountId, DateTime now, CancellationToken stop)
    {
        var signedUpAt = await db.Accounts.Where(a => a.Id == accountId).Select(a => a.CreatedAt).SingleAsync(stop);
        var period = BillingPeriod.Containing(signedUpAt, now.ToSecond());
        var billedUntil = await db.Billings
            .Where(b => b.AccountId == accountId).Select(b => b.BilledUntil).SingleOrDefaultAsync(stop);
        var (slices, prices) = await db.ReadUnbilled(accountId, signedUpAt, now.ToSecond(), stop);
        var isPending = billedUntil < period.StartsAt;
        return (period, Bill.Of(slices.Where(slice => !isPending || slice.Period == period), prices));
    }

    /// <summary>All that would be billed if everything until a second were.</summary>
    public static async Task<(IReadOnlyList<UsageSlice> Slices, PriceBook Prices)> ReadUnbilled(
        this Db db, Guid accountId, DateTime signedUpAt, long until, CancellationToken stop)
    {
        var prices = await db.ReadPrices(stop);
        var intervals = await db.Unbilled(accountId).AsNoTracking()
            .Where(usage => usage.StartsAt < until).ToListAsync(stop);
        return (new Metering(signedUpAt, prices).Unbilled(intervals, until), prices);
    }
}
