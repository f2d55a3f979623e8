using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Usage;

/// <summary>What one full period costs the caller's account if nothing changes, app by app.</summary>
public sealed class ShowRunRate(Db db, Tariff tariff)
{
    /// <summary>
    /// Nothing for accounts that are billed nothing: free or suspended ones. Refuses with
    /// <see cref="Reason.NotLoggedIn"/> or <see cref="Reason.ScopeMissing"/>.
    /// </summary>
    public async Task<Outcome<IReadOnlyList<AppCost>>> Run(Caller caller, CancellationToken stop)
    {
        if (!caller.Holder(Scope.Billing).Is(out var id, out var refusal)) return refusal;
        var pays = await db.Accounts.AnyAsync(
            a => a.Id == id && a.Tier == Tier.Standard && a.SuspendedAt == null, stop);
        var lines = pays ? await db.CostsOf(id, tariff, stop) : [];
        return Outcome.Of<IReadOnlyList<AppCost>>(
        [
            .. lines.GroupBy(line => line.AppName, StringComparer.Ordinal)
                .Select(app => new AppCost(app.Key, app.Sum())),
        ]);
    }
}
