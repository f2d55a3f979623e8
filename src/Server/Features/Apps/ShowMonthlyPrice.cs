using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Usage;
using Gatehouse.Platform;

namespace Gatehouse.Features.Apps;

/// <summary>
/// What one full month of the caller's account costs as it is now; of a free one, what it would cost after an upgrade.
/// </summary>
public sealed class ShowMonthlyPrice(Db db, Tariff tariff)
{
    /// <summary>Refuses with <see cref="Reason.NotLoggedIn"/> or <see cref="Reason.ScopeMissing"/>.</summary>
    public async Task<Outcome<MonthlyPrice>> Run(Caller caller, CancellationToken stop)
    {
        if (!caller.Holder(Scope.Billing).Is(out var id, out var refusal)) return refusal;
        var lines = await db.CostsOf(id, tariff, stop);
        return new MonthlyPrice(lines.Sum(), lines);
    }
}

/// <summary>What a full month costs.</summary>
/// <param name="Month">All of it.</param>
/// <param name="Lines">What it is made of; nothing that costs nothing.</param>
public sealed record MonthlyPrice(Money Month, IReadOnlyList<PriceLine> Lines);
