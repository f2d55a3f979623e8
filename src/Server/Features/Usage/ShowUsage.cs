using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.Features.Usage;

/// <summary>
/// What the running period of the caller's account has cost so far, computed as its invoice will be: when nothing
/// changes, the two are equal.
/// </summary>
public sealed class ShowUsage(Db db, TimeProvider clock)
{
    /// <summary>Refuses with <see cref="Reason.NotLoggedIn"/> or <see cref="Reason.ScopeMissing"/>.</summary>
    public async Task<Outcome<UsageShown>> Run(Caller caller, CancellationToken stop)
    {
        if (!caller.Holder(Scope.Billing).Is(out var id, out var refusal)) return refusal;
        var now = clock.UtcNow();
        var (period, bill) = await db.ReadRunningBill(id, now, stop);
        var apps = bill.Lines
            .GroupBy(line => (line.Slot.AppId, line.Slot.AppName))
            .OrderBy(app => app.Key.AppName, StringComparer.Ordinal)
            .Select(app => new AppCost(
                app.Key.AppName, app.Aggregate(Money.Zero, (sum, line) => sum + line.Amount)));
        return new UsageShown(period, bill.Total, [.. apps], bill.Lines);
    }
}

/// <summary>What a period has cost so far.</summary>
/// <param name="Period">The running period.</param>
/// <param name="Total">All of it, in whole cents.</param>
/// <param name="Apps">App by app; those that are gone too.</param>
/// <param name="Lines">As they will stand on the invoice.</param>
public sealed record UsageShown(
    BillingPeriod Period, Money Total, IReadOnlyList<AppCost> Apps, IReadOnlyList<BillLine> Lines);

/// <summary>What one app with its databases costs.</summary>
/// <param name="AppName">The app.</param>
/// <param name="Cost">So much.</param>
public sealed record AppCost(string AppName, Money Cost);
