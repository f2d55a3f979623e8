using System.Globalization;
using Gatehouse.Domain;
using Gatehouse.Features.Usage;

namespace Gatehouse.WebConsole.Usage;

/// <summary>What one day of a period costs.</summary>
/// <param name="StartsAt">00:00 UTC, in seconds since 1970.</param>
/// <param name="Exact">Nano-dollars, before anything is rounded.</param>
/// <param name="IsAhead">Says whether the day has not begun.</param>
public sealed record DailyCost(long StartsAt, Fraction Exact, bool IsAhead)
{
    private const long SecondsOfDay = 24 * 60 * 60;
    private const long NanosPerCent = 10_000_000;

    /// <summary>Rounded to cents, to be looked at: the bill rounds once, at its end.</summary>
    public Money Cost => Money.FromCents((long)(Exact / NanosPerCent).Nearest);

    /// <summary>Such as <c>15 June</c>.</summary>
    public string Name => Seconds.ToMoment(StartsAt).ToString("d MMMM", CultureInfo.InvariantCulture);

    /// <summary>Every day of the period; what earlier periods still add is in none of them.</summary>
    public static IReadOnlyList<DailyCost> Of(UsageShown usage, long now)
    {
        var (period, days) = (usage.Period, new List<DailyCost>());
        var lines = usage.Lines.Where(line => line.Slot.Period == period).ToList();
        for (var day = period.StartsAt; day < period.EndsAt; day += SecondsOfDay)
        {
            var cost = lines.SelectMany(line => line.Slices.Select(slice => CostOf(line, slice, day)));
            days.Add(new DailyCost(day, cost.Aggregate(new Fraction(0, 1), (sum, part) => sum + part), day > now));
        }

        return days;
    }

    private static Fraction CostOf(BillLine line, UsageSlice slice, long day)
    {
        var seconds = Math.Min(slice.Until, day + SecondsOfDay) - Math.Max(slice.From, day);
        if (seconds <= 0) return new Fraction(0, 1);
        var units = checked(slice.Units / (slice.Until - slice.From) * seconds);
        return new Fraction(new System.Numerics.BigInteger(units) * line.MonthNanos, line.Slot.Period.Seconds);
    }
}
