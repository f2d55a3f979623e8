using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Apps;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Upgrades;

/// <summary>What an upgrade would mean for the caller's account: what a month costs, and which card pays.</summary>
public sealed class PlanUpgrade(Db db, ShowMonthlyPrice price)
{
    /// <summary>Refuses with <see cref="Reason.NotLoggedIn"/> or <see cref="Reason.ScopeMissing"/>.</summary>
    public async Task<Outcome<UpgradePlan>> Run(Caller caller, CancellationToken stop)
    {
        if (!caller.Holder(Scope.Billing).Is(out var id, out var refusal)) return refusal;
        var tier = await db.Accounts.Where(a => a.Id == id).Select(a => a.Tier).SingleAsync(stop);
        var method = await db.PaymentMethods.AsNoTracking()
            .SingleOrDefaultAsync(m => m.HolderId == id && m.ReplacedAt == null, stop);
        if (!(await price.Run(caller, stop)).Is(out var month, out refusal)) return refusal;
        return new UpgradePlan(tier, month.Month, method);
    }
}

/// <summary>What an upgrade would mean.</summary>
/// <param name="Tier">Where the account is now.</param>
/// <param name="Month">What a full month of what there is now would cost.</param>
/// <param name="Method">The card on file; null without one.</param>
public sealed record UpgradePlan(Tier Tier, Money Month, PaymentMethod? Method);
