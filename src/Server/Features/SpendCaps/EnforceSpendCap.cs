using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Suspensions;
using Gatehouse.Features.Usage;
using Gatehouse.Mail;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.SpendCaps;

/// <summary>
/// Holds an account to the cap that its owner set for a period: told at 80 %, and at 100 % everything stops, if that is
/// what was chosen. It stops at the very second, however late somebody looks. Runs in the caller's transaction, after
/// the account was queued up.
/// </summary>
public sealed class EnforceSpendCap(Db db, BeginSuspension begin, EndSuspension end, Postbox postbox)
{
    private const int WarnPercent = 80;

    /// <summary>Looks at the period in which the time until a second lies. Never refuses.</summary>
    public async Task Run(Account account, long until, DateTime now, CancellationToken stop)
    {
        var billing = await db.Billings.AsNoTracking().SingleAsync(b => b.AccountId == account.Id, stop);
        var period = BillingPeriod.Containing(account.CreatedAt, until - 1);
        if (account.SuspendedFor == SuspensionCause.SpendCap && MayGoOn(billing, period))
            await end.Run(Caller.Server, account, SuspensionCause.SpendCap, now, stop);
        // A cap that was set in a later period has no say in this one.
        if (billing.CapNanos is not { } cap || billing.CapSince >= period.EndsAt)
        {
            await Note(billing with { CapDueAt = billing.CapNanos is null ? null : 0 }, stop);
            return;
        }

        var prices = await db.ReadPrices(stop);
        var limit = new SpendLimit(new Metering(account.CreatedAt, prices), prices);
        var used = await db.UsedSince(account.Id, period.StartsAt).AsNoTracking().ToListAsync(stop);
        var warnedAt = limit.Reach(used, period.StartsAt, period.EndsAt, cap / 100 * WarnPercent);
        var reachedAt = limit.Reach(used, period.StartsAt, period.EndsAt, cap);
        var seen = billing;
        if (reachedAt < until)
            seen = await Reach(account, seen, period, Math.Max(reachedAt, billing.CapSince), now, stop);
        else if (warnedAt < until) seen = Warn(account, seen, period, now);
        long[] ahead = [warnedAt + 1, reachedAt + 1, period.EndsAt + 1];
        await Note(seen with { CapDueAt = ahead.Where(second => second > until).Min() }, stop);
    }

    private static bool MayGoOn(Billing billing, BillingPeriod period) =>
        billing.CapNanos is null || billing.CapAction != CapAction.Suspend || billing.CapReachedFor != period.StartsAt;

    private Billing Warn(Account account, Billing billing, BillingPeriod period, DateTime now)
    {
        if (billing.CapWarnedFor == period.StartsAt) return billing;
        var mail = new SpendCapMail(new Money(billing.CapNanos!.Value), billing.CapAction, IsReached: false, now);
        db.OutboxMails.Add(postbox.Write(account.Address, mail, now));
        return billing with { CapWarnedFor = period.StartsAt };
    }

    private async Task<Billing> Reach(
        Account account, Billing billing, BillingPeriod period, long second, DateTime now, CancellationToken stop)
    {
        if (billing.CapAction == CapAction.Suspend)
        {
            await db.CutMeters(account.Id, second, stop);
            await begin.Run(Caller.Server, account, SuspensionCause.SpendCap, now, stop);
        }

        if (billing.CapReachedFor == period.StartsAt) return billing;
        var mail = new SpendCapMail(
            new Money(billing.CapNanos!.Value), billing.CapAction, IsReached: true, Seconds.ToMoment(second));
        db.OutboxMails.Add(postbox.Write(account.Address, mail, now));
        await db.Append(Caller.Server, account.Id, new AuditFact(AuditEvent.SpendCapReached), now, stop);
        return billing with { CapReachedFor = period.StartsAt, CapWarnedFor = period.StartsAt };
    }

    private Task<int> Note(Billing seen, CancellationToken stop) => db.Billings
        .Where(b => b.AccountId == seen.AccountId)
        .ExecuteUpdateAsync(
            set => set.SetProperty(b => b.CapDueAt, seen.CapDueAt)
                .SetProperty(b => b.CapWarnedFor, seen.CapWarnedFor)
                .SetProperty(b => b.CapReachedFor, seen.CapReachedFor),
            stop);
}
