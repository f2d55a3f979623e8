using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Suspensions;
using Gatehouse.Features.Usage;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Prepayments;

/// <summary>
/// Looks at one account whose turn it is: a prepaid one is charged; one that ran out of credits and has some again, or
/// a card, goes on.
/// </summary>
public sealed class ChargePrepaidAccount(
    Db db, ChargeUsage charge, EndSuspension endSuspension, Tariff tariff, TimeProvider clock)
{
    // Credits that last for less would only be a suspension after the next look.
    private const int HoursOfMonth = 28 * 24;

    /// <summary>Never refuses; whoever comes second finds nothing to do.</summary>
    public Task Run(Guid accountId, CancellationToken stop) => db.Write(() => Look(accountId, stop), stop);

    private async Task<Done> Look(Guid accountId, CancellationToken stop)
    {
        await db.QueueUp(accountId, stop);
        var now = clock.UtcNow();
        var billing = await db.Billings.AsNoTracking().SingleAsync(b => b.AccountId == accountId, stop);
        if (billing.PrepaidDueAt is null || billing.PrepaidDueAt > now.ToSecond()) return Done.It;
        // A period that is over is invoiced first: what is charged until then belongs on that invoice.
        if (billing.InvoiceDueAt <= now.ToSecond()) return Done.It;
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == accountId, stop);
        var isPrepaid = await db.Prepaid().AnyAsync(a => a.Id == accountId, stop);
        if (isPrepaid) await charge.Run(account, now.ToSecond(), now, stop);
        else await Leave(accountId, stop);
        if (account.SuspendedFor == SuspensionCause.NoCredits && (!isPrepaid || await CanGoOn(accountId, now, stop)))
            await endSuspension.Run(Caller.Server, account, SuspensionCause.NoCredits, now, stop);
        return Done.It;
    }

    private Task<int> Leave(Guid accountId, CancellationToken stop) => db.Billings
        .Where(b => b.AccountId == accountId)
        .ExecuteUpdateAsync(set => set.SetProperty(b => b.PrepaidDueAt, (long?)null), stop);

    private async Task<bool> CanGoOn(Guid accountId, DateTime now, CancellationToken stop)
    {
        var month = (await db.CostsOf(accountId, tariff, stop)).Sum();
        return (await db.CreditsOf(accountId, now, stop)).Nanos > month.Nanos / HoursOfMonth;
    }
}
