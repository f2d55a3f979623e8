using System.Globalization;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Ledger;
using Gatehouse.Features.Suspensions;
using Gatehouse.Features.Usage;
using Gatehouse.Mail;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Prepayments;

/// <summary>
/// Charges what a prepaid account has used to its credits. Where they end, its usage ends, at that second: nothing is
/// owed, and the account is suspended. Its owner is told three days ahead. Given credits that are about to expire pay
/// before they do, and reach no further. Runs in the caller's transaction, after the account was queued up.
/// </summary>
public sealed class ChargeUsage(Db db, PayUsage pay, BeginSuspension suspend, Postbox postbox)
{
    private const long Minute = 60;
    private const long Hour = 3600;
    private const long WarnAhead = 3 * 24 * Hour;

    /// <summary>Everything until a second that is not later than now. Never refuses.</summary>
    public async Task Run(Account account, long until, DateTime now, CancellationToken stop)
    {
        var billing = await db.Billings.AsNoTracking().SingleAsync(b => b.AccountId == account.Id, stop);
        // Nobody else spends the credits meanwhile.
        await db.TakeLedgerChain(account.Id, stop);
        var credits = await db.CreditsOf(account.Id, now, stop);
        var prices = await db.ReadPrices(stop);
        var limit = new SpendLimit(new Metering(account.CreatedAt, prices), prices);
        // Whoever had another tier or a card in between is not asked again for what credits have paid before.
        var from = Math.Max(billing.PrepaidUntil ?? 0, await Beginning(account.Id, until, stop));
        var used = await db.UsedSince(account.Id, from).AsNoTracking().ToListAsync(stop);
        var reach = from < until ? limit.Reach(used, from, until, credits.Nanos) : until;
        var cost = new Money((long)limit.CostOf(used, from, reach));
        if (cost.Nanos > 0) await Pay(account.Id, cost, from, now, stop);
        if (reach < until) await EndAt(account, reach, now, stop);
        var left = credits - cost;
        var open = reach < until ? [] : used.Where(usage => usage.EndsAt == null || usage.EndsAt > until).ToList();
        var lots = await db.SpendableLots(account.Id, now, stop);
        var lasts = open.Count == 0
            ? (long?)null
            : Last(limit, open, (until, until + WarnAhead), new Purse(lots, left.Nanos));
        var isLow = lasts < until + WarnAhead;
        if (isLow && !billing.IsLowTold) Warn(account, left, lasts!.Value, now);
        var due = lasts is { } end ? Math.Min(end + 1, Math.Min(BeforeExpiry(lots, until), until + Hour)) : (long?)null;
        await db.Billings.Where(b => b.AccountId == account.Id).ExecuteUpdateAsync(
            set => set.SetProperty(b => b.PrepaidNanos, b => b.PrepaidNanos + cost.Nanos)
                .SetProperty(b => b.PrepaidUntil, Math.Max(from, until))
                .SetProperty(b => b.PrepaidDueAt, due)
                .SetProperty(b => b.IsLowTold, isLow || (lasts == null && billing.IsLowTold)),
            stop);
    }

    /// <summary>How far credits reach: first those that expire, each until it does, then all the others.</summary>
    private static long Last(
        SpendLimit limit, IReadOnlyList<UsageInterval> open, (long From, long Until) ahead, Purse purse)
    {
        var (second, rest) = (ahead.From, purse.Nanos);
        foreach (var lot in purse.Lots)
        {
            if (lot.ExpiresAt is not { } expiresAt || expiresAt.ToSecond() >= ahead.Until) break;
            second = limit.Reach(open, second, Math.Max(second, expiresAt.ToSecond()), lot.Remaining);
            rest -= lot.Remaining;
        }

        return limit.Reach(open, second, ahead.Until, rest);
    }

    /// <summary>A minute before the next lot expires, so that it pays what was used until then.</summary>
    private static long BeforeExpiry(IReadOnlyList<PromoLot> lots, long until) => lots
        .Where(lot => lot.ExpiresAt is not null)
        .Select(lot => lot.ExpiresAt!.Value.ToSecond())
        .Select(expiry => expiry - Minute > until ? expiry - Minute : expiry + 1)
        .DefaultIfEmpty(long.MaxValue)
        .Min();

    /// <summary>The first second that is on no invoice and that credits have not paid.</summary>
    private async Task<long> Beginning(Guid accountId, long until, CancellationToken stop) => await db
        .Unbilled(accountId).MinAsync(usage => (long?)(usage.BilledUntil ?? usage.StartsAt), stop) ?? until;

    private async Task Pay(Guid accountId, Money cost, long from, DateTime now, CancellationToken stop)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"usage {accountId:D} from {from}");
        var paid = await pay.Run(accountId, cost, key, now, stop);
        if (paid.Refusal is { } refusal) throw new InvalidOperationException($"{key}: {refusal.Reason}");
    }

    private async Task EndAt(Account account, long second, DateTime now, CancellationToken stop)
    {
        await db.CutMeters(account.Id, second, stop);
        if (!await suspend.Run(Caller.Server, account, SuspensionCause.NoCredits, now, stop)) return;
        await db.Append(Caller.Server, account.Id, new AuditFact(AuditEvent.CreditsUsedUp), now, stop);
        db.OutboxMails.Add(postbox.Write(account.Address, new CreditsUsedUpMail(Seconds.ToMoment(second)), now));
    }

    private void Warn(Account account, Money left, long lasts, DateTime now) => db.OutboxMails.Add(
        postbox.Write(account.Address, new CreditsLowMail(left, Seconds.ToMoment(lasts), now), now));

    /// <summary>Credits, the lots among them in the order in which they are spent.</summary>
    private sealed record Purse(IReadOnlyList<PromoLot> Lots, long Nanos);
}
