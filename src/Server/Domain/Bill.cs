using System.Numerics;

namespace Gatehouse.Domain;

/// <summary>
/// What usage comes to: lines in whole cents that add up to the total. Each line is exact until it is rounded, once;
/// the total is rounded half to even, and the lines with the largest remainders take the cents that are left.
/// </summary>
/// <param name="Lines">One for each thing, period and price, in an order that never changes.</param>
/// <param name="Total">Whole cents.</param>
/// <param name="Exact">What it is before it is rounded to cents, in nano-dollars.</param>
public sealed record Bill(IReadOnlyList<BillLine> Lines, Money Total, Fraction Exact)
{
    private const long NanosPerCent = 10_000_000;

    /// <summary>The bill of some usage.</summary>
    public static Bill Of(IEnumerable<UsageSlice> slices, PriceBook prices)
    {
        var slots = slices
            .GroupBy(BillSlot.Of)
            .Select(group => BillLine.Of(group.Key, [.. group.OrderBy(s => s.From).ThenBy(s => s.Of.Id)], prices))
            .OrderByDescending(line => line.Slot.Period.StartsAt)
            .ThenBy(line => line.Slot.AppName, StringComparer.Ordinal)
            .ThenBy(line => line.Slot.AppId)
            .ThenBy(line => line.Slot.Kind)
            .ThenBy(line => line.Slot.ResourceId)
            .ThenBy(line => line.Slot.Version)
            .ThenBy(line => line.Slot.SizeMilli)
            .ToList();
        var exact = Sum(slots.Select(line => line.Exact));
        var cents = (exact / NanosPerCent).Nearest;
        var floors = slots.ConvertAll(line => (line.Exact / NanosPerCent).Floor);
        var left = (int)(cents - floors.Aggregate(BigInteger.Zero, (sum, floor) => sum + floor));
        var lucky = slots.Index()
            .OrderByDescending(line => Remainder(line.Item.Exact, floors[line.Index]))
            .ThenBy(line => line.Index)
            .Take(left)
            .Select(line => line.Index)
            .ToHashSet();
        return new Bill(
            [.. slots.Select((line, i) => line with
            {
                Number = i + 1,
                Amount = Money.FromCents((long)floors[i] + (lucky.Contains(i) ? 1 : 0)),
            })],
            Money.FromCents((long)cents),
            exact);
    }

    /// <summary>What some usage costs, exactly, in nano-dollars.</summary>
    public static Fraction CostOf(IEnumerable<UsageSlice> slices, PriceBook prices) => Sum(slices
        .GroupBy(BillSlot.Of)
        .Select(group => BillLine.Of(group.Key, [.. group], prices).Exact));

    private static Fraction Sum(IEnumerable<Fraction> amounts) =>
        amounts.Aggregate(new Fraction(0, 1), (sum, amount) => sum + amount);

    private static OrderedFraction Remainder(Fraction exact, BigInteger floor) =>
        new((exact / NanosPerCent) - new Fraction(floor, 1));

    private readonly record struct OrderedFraction(Fraction Value) : IComparable<OrderedFraction>
    {
        public int CompareTo(OrderedFraction other) =>
            Value < other.Value ? -1 : Value > other.Value ? 1 : 0;
    }
}

/// <summary>One line of a bill.</summary>
/// <param name="Slot">What it is for.</param>
/// <param name="Units">MB-seconds of replicas, or seconds of a database; below zero for time given back.</param>
/// <param name="MonthNanos">The price of one such unit over a whole month: nano-dollars.</param>
/// <param name="Exact">Nano-dollars before rounding: units × price ÷ seconds of the period.</param>
/// <param name="Slices">The time it is made of, in order.</param>
public sealed record BillLine(
    BillSlot Slot, long Units, long MonthNanos, Fraction Exact, IReadOnlyList<UsageSlice> Slices)
{
    /// <summary>1, 2, 3, … within the bill.</summary>
    public int Number { get; init; }

    /// <summary>Whole cents.</summary>
    public Money Amount { get; init; }

    internal static BillLine Of(BillSlot slot, IReadOnlyList<UsageSlice> slices, PriceBook prices)
    {
        var units = slices.Aggregate(0L, (sum, slice) => checked(sum + slice.Units));
        var month = prices.MonthNanos(slot.Kind, slot.SizeMilli, slot.Version);
        var exact = new Fraction((BigInteger)units * month, slot.Period.Seconds);
        return new BillLine(slot, units, month, exact, slices);
    }
}

/// <summary>What goes into one line: one thing, in one period, at one price.</summary>
/// <param name="Period">The billing period; an earlier one for what was known too late for its own bill.</param>
/// <param name="AppId">The app.</param>
/// <param name="AppName">Its name.</param>
/// <param name="Kind">What was metered.</param>
/// <param name="ResourceId">The app, or the database.</param>
/// <param name="Version">Number of the prices.</param>
/// <param name="SizeMilli">Of a database its size in MB; 0 for replicas, whose size is in the units.</param>
public sealed record BillSlot(
    BillingPeriod Period, Guid AppId, string AppName, Metered Kind, Guid ResourceId, int Version, int SizeMilli)
{
    internal static BillSlot Of(UsageSlice slice) => new(
        slice.Period,
        slice.Of.AppId,
        slice.Of.AppName,
        slice.Of.Kind,
        slice.Of.ResourceId,
        slice.Version,
        slice.Of.Kind == Metered.Database ? slice.Of.SizeMilli : 0);
}
