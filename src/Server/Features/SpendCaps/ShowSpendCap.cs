using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Usage;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.SpendCaps;

/// <summary>The cap of the caller's account, and what the running period has cost so far.</summary>
public sealed class ShowSpendCap(Db db, TimeProvider clock)
{
    /// <summary>Refuses with <see cref="Reason.NotLoggedIn"/> or <see cref="Reason.ScopeMissing"/>.</summary>
    public async Task<Outcome<SpendCapShown>> Run(Caller caller, CancellationToken stop)
    {
        if (!caller.Holder(Scope.Billing).Is(out var id, out var refusal)) return refusal;
        var (period, bill) = await db.ReadRunningBill(id, clock.UtcNow(), stop);
        var billing = await db.Billings.AsNoTracking().SingleOrDefaultAsync(b => b.AccountId == id, stop);
        var cap = billing?.CapNanos is { } nanos ? new Money(nanos) : (Money?)null;
        return new SpendCapShown(cap, billing?.CapAction ?? CapAction.Refuse, bill.Total, period);
    }
}

/// <summary>A cap and what it is held against.</summary>
/// <param name="Cap">The most that a period may cost; null for no cap.</param>
/// <param name="Action">What happens then.</param>
/// <param name="Spent">What the running period has cost so far.</param>
/// <param name="Period">The running period.</param>
public sealed record SpendCapShown(Money? Cap, CapAction Action, Money Spent, BillingPeriod Period);
