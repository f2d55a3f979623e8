using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Usage;

/// <summary>
/// Keeps the prices of the settings as a version of their own when they are not those of the last one. They hold from
/// this second on; what was used before keeps its price, and so does what is paid or on an invoice already, whatever
/// the clock of this node says.
/// </summary>
public sealed class NotePrices(Db db, Tariff tariff, TimeProvider clock)
{
    /// <summary>The version that holds. Never refuses; of nodes that start at once, one writes it.</summary>
    public async Task<PriceVersion> Run(CancellationToken stop)
    {
        if (await Last(stop) is { } last && IsSame(last)) return last;
        try
        {
            return await db.Write(() => Note(stop), stop);
        }
        catch (Exception taken) when (db.IsTaken(taken))
        {
            db.ChangeTracker.Clear();
            return await Last(stop) ?? throw new InvalidOperationException("The prices vanished.");
        }
    }

    private Task<PriceVersion?> Last(CancellationToken stop) =>
        db.PriceVersions.AsNoTracking().OrderByDescending(version => version.Number).FirstOrDefaultAsync(stop);

    private bool IsSame(PriceVersion version) =>
        version.ReplicaMegabyteNanos == tariff.ReplicaMegabyteNanos
        && version.Databases == PriceVersion.Write(tariff.Databases);

    private async Task<PriceVersion> Note(CancellationToken stop)
    {
        var last = await Last(stop);
        if (last is not null && IsSame(last)) return last;
        var paid = await db.Billings
            .MaxAsync(b => (long?)(b.PrepaidUntil > b.BilledUntil ? b.PrepaidUntil : b.BilledUntil), stop) ?? 0;
        long[] earliest = [clock.UtcNow().ToSecond(), paid, last?.StartsAt ?? 0];
        var version = new PriceVersion
        {
            Number = (last?.Number ?? 0) + 1,
            StartsAt = last is null ? 0 : earliest.Max(),
            ReplicaMegabyteNanos = tariff.ReplicaMegabyteNanos,
            Databases = PriceVersion.Write(tariff.Databases),
        };
        db.PriceVersions.Add(version);
        return version;
    }
}
