namespace Gatehouse.Domain;

/// <summary>
/// A part of an interval that lies in one billing period and under one price: what a bill is made of. Half-open, like
/// the interval.
/// </summary>
/// <param name="Of">The interval it is a part of.</param>
/// <param name="From">Seconds since 1970, UTC.</param>
/// <param name="Until">Seconds since 1970, UTC, later than <paramref name="From"/>.</param>
/// <param name="Sign">1; or -1 where an earlier bill counted time that was not used after all.</param>
/// <param name="Period">The billing period around it.</param>
/// <param name="Version">Number of the prices that hold.</param>
public sealed record UsageSlice(
    UsageInterval Of, long From, long Until, int Sign, BillingPeriod Period, int Version)
{
    /// <summary>Seconds that count, below zero where time is given back.</summary>
    public long Seconds => checked((Until - From) * Sign);

    /// <summary>
    /// Of a replica its size in MB times replicas times seconds; of a database its seconds. Prices are for one of
    /// these.
    /// </summary>
    public long Units => Of.Kind == Metered.Replica ? checked(Seconds * Of.Quantity * Of.SizeMilli) : Seconds;
}

/// <summary>
/// Cuts usage into parts that can be priced. Whatever is cut, the seconds stay the same: none is lost, none counted
/// twice.
/// </summary>
public sealed class Metering(DateTime signedUpAt, PriceBook prices)
{
    /// <summary>
    /// What is to be billed so that everything until <paramref name="until"/> is: what no bill has counted yet, and
    /// back what one has counted and was not used. What still lasts, lasts until then.
    /// </summary>
    public IReadOnlyList<UsageSlice> Unbilled(IEnumerable<UsageInterval> intervals, long until) =>
        [.. intervals.SelectMany(interval => Unbilled(interval, until))];

    /// <summary>What was used between two seconds, billed or not. What still lasts, lasts until the end.</summary>
    public IReadOnlyList<UsageSlice> Between(IEnumerable<UsageInterval> intervals, long from, long until) =>
    [
        .. intervals.SelectMany(interval => Cut(
            interval,
            Math.Max(from, interval.StartsAt),
            Math.Min(until, interval.EndsAt ?? until),
            sign: 1)),
    ];

    /// <summary>The parts between two seconds.</summary>
    public IEnumerable<UsageSlice> Cut(UsageInterval interval, long from, long until, int sign)
    {
        while (from < until)
        {
            var period = BillingPeriod.Containing(signedUpAt, from);
            foreach (var part in prices.Cut(from, Math.Min(until, period.EndsAt)))
                yield return new UsageSlice(interval, part.From, part.Until, sign, period, part.Version.Number);
            from = period.EndsAt;
        }
    }

    private IEnumerable<UsageSlice> Unbilled(UsageInterval interval, long until)
    {
        var billed = interval.BilledUntil ?? interval.StartsAt;
        if (interval.EndsAt is { } end && end < billed) return Cut(interval, end, billed, sign: -1);
        return Cut(interval, billed, Math.Min(interval.EndsAt ?? until, until), sign: 1);
    }
}
