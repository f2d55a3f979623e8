using Gatehouse.Domain;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Domain;

/// <summary>What usage costs: to the second, exactly, rounded once (security 4.4).</summary>
public sealed class BillTests
{
    private static readonly DateTime March = new(2027, 3, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime April = March.AddMonths(1);

    private static readonly PriceVersion First = new()
    {
        Number = 1,
        StartsAt = 0,
        ReplicaMegabyteNanos = 50_000_000,
        Databases = "600=25.00 1700=50.00 4000=100.00",
    };

    private static readonly PriceBook Prices = new([First]);

    [Fact]
    public void Half_a_gigabyte_for_a_month_costs_25_dollars_whatever_the_month()
    {
        for (var month = March; month < March.AddYears(5); month = month.AddMonths(1))
        {
            var bill = Unbilled(month, month.AddMonths(1), Use(1, 500, month, null));
            Assert.Equal(2500, bill.Total.WholeCents);
        }
    }

    [Fact]
    public void Three_thirds_of_a_30_day_month_cost_166_67_dollars()
    {
        var bill = Unbilled(
            April,
            April.AddMonths(1),
            Use(1, 1000, April, April.AddDays(10)),
            Use(3, 1000, April.AddDays(10), April.AddDays(20)),
            Use(3, 2000, April.AddDays(20), null));
        Assert.Equal(16667, bill.Total.WholeCents);
    }

    [Fact]
    public void Ten_days_and_a_half_of_half_a_gigabyte_are_909296_seconds()
    {
        var bill = Unbilled(
            March, April, Use(1, 500, March.AddDays(9), new DateTime(2027, 3, 20, 12, 34, 56, DateTimeKind.Utc)));
        var line = Assert.Single(bill.Lines);
        Assert.Equal(454_648_000, line.Units);
        Assert.Equal(909_296, line.Slices.Sum(slice => slice.Seconds));
        // 25.00 × 909,296 ÷ 2,678,400
        Assert.Equal(849, bill.Total.WholeCents);
    }

    [Fact]
    public void Bill_equals_the_naive_count_of_random_months()
    {
        var dice = new Dice(20270615);
        for (var i = 0; i < Soak.Times(modest: 1000, published: 10_000); i++)
        {
            var month = new Month(dice, mostThings: i % 100 == 0 ? 50 : 8);
            var bill = Bill.Of(new Metering(month.SignedUpAt, Prices).Unbilled(month.Intervals, month.End), Prices);
            var (replicas, databases, cents) = month.EventByEvent();
            Assert.Equal(cents, bill.Total.WholeCents);
            Assert.Equal(replicas, Units(bill, Metered.Replica));
            Assert.Equal(databases, Units(bill, Metered.Database));
            Assert.Equal(bill.Total.Nanos, bill.Lines.Sum(line => line.Amount.Nanos));
        }
    }

    [Fact]
    public void Bill_equals_the_count_second_by_second()
    {
        var dice = new Dice(42);
        for (var i = 0; i < Soak.Times(modest: 2, published: 20); i++)
        {
            var month = new Month(dice, mostThings: 6);
            var bill = Bill.Of(new Metering(month.SignedUpAt, Prices).Unbilled(month.Intervals, month.End), Prices);
            Assert.Equal(month.SecondBySecond(), bill.Total.WholeCents);
        }
    }

    [Fact]
    public void Wherever_time_is_cut_the_seconds_stay_the_same()
    {
        var (dice, metering) = (new Dice(7), new Metering(March, Prices));
        for (var i = 0; i < 200; i++)
        {
            var month = new Month(dice, mostThings: 5);
            var whole = Units(metering.Between(month.Intervals, 0, month.End));
            var cut = dice.Between(March.ToSecond(), month.End);
            var parts = Units(metering.Between(month.Intervals, 0, cut))
                + Units(metering.Between(month.Intervals, cut, month.End));
            Assert.Equal(whole, parts);
        }
    }

    [Fact]
    public void Lines_add_up_and_each_is_within_a_cent()
    {
        var thirds = Enumerable.Range(1, 7)
            .Select(i => Use(1, 100 + (i * 100), April.AddHours(i), April.AddHours(i).AddMinutes(37 * i), app: i));
        var bill = Unbilled(April, April.AddMonths(1), [.. thirds]);
        Assert.Equal(bill.Total.Nanos, bill.Lines.Sum(line => line.Amount.Nanos));
        Assert.All(bill.Lines, line => Assert.InRange(
            (decimal)(line.Amount.Nanos - line.Exact.Floor), -10_000_000m, 10_000_000m));
    }

    [Fact]
    public void What_is_destroyed_in_the_second_in_which_it_was_made_costs_nothing() =>
        Assert.Empty(Unbilled(April, April.AddMonths(1), Use(1, 500, April, April)).Lines);

    [Fact]
    public void New_prices_hold_from_their_second_on_and_sizes_that_are_sold_no_more_keep_theirs()
    {
        var half = April.AddDays(15);
        var prices = new PriceBook(
        [
            First,
            new PriceVersion
            {
                Number = 2,
                StartsAt = half.ToSecond(),
                ReplicaMegabyteNanos = 100_000_000,
                Databases = "1700=60.00",
            },
        ]);
        UsageInterval[] used = [Use(1, 500, April, null), Use(1, 600, April, null, 2, Metered.Database)];
        var bill = Bill.Of(new Metering(April, prices).Unbilled(used, April.AddMonths(1).ToSecond()), prices);
        Assert.Equal([1250, 2500, 1250, 1250], bill.Lines.Select(line => line.Amount.WholeCents));
        Assert.Equal([1, 2, 1, 2], bill.Lines.Select(line => line.Slot.Version));
    }

    [Fact]
    public void What_was_known_too_late_is_put_right_on_the_next_bill()
    {
        var (end, next) = (April.AddMonths(1), April.AddMonths(2));
        // Counted to the end of the month; in fact it ended an hour before, and another one had begun by then.
        var ended = Use(1, 500, April, end.AddHours(-1), billedUntil: end);
        var begun = Use(2, 500, end.AddHours(-1), end.AddHours(1), app: 2);
        var bill = Unbilled(April, next, ended, begun);
        Assert.Equal([(2, 3600L), (1, -3600L), (2, 3600L)], bill.Lines.Select(
            line => (line.Slot.AppName[4] - '0', line.Slices.Sum(slice => slice.Seconds))));
        Assert.Equal(end.ToSecond(), bill.Lines[0].Slot.Period.StartsAt);
        Assert.All(bill.Lines.Skip(1), line => Assert.Equal(end.ToSecond(), line.Slot.Period.EndsAt));
    }

    [Fact]
    public void Time_given_back_and_counted_again_stands_on_the_bill()
    {
        var end = April.AddMonths(1);
        // Counted to the end of the month; it ended an hour before, and the same began again.
        var ended = Use(1, 500, April, end.AddHours(-1), billedUntil: end);
        var again = Use(1, 500, end.AddHours(-1), end);
        var line = Assert.Single(Unbilled(April, end, ended, again).Lines);
        Assert.Equal(0, line.Units);
        Assert.Equal([-3600, 3600], line.Slices.Select(slice => slice.Seconds));
    }

    [Fact]
    public void Money_reaches_to_the_very_second()
    {
        var limit = new SpendLimit(new Metering(April, Prices), Prices);
        UsageInterval[] used = [Use(1, 500, April, null)];
        var (from, until) = (April.ToSecond(), April.AddMonths(1).ToSecond());
        Assert.Equal(until, limit.Reach(used, from, until, 25_000_000_000));
        Assert.Equal(until - 1, limit.Reach(used, from, until, 24_999_999_999));
        Assert.Equal(from, limit.Reach(used, from, until, 0));
        var half = limit.Reach(used, from, until, 12_500_000_000);
        Assert.Equal(April.AddDays(15).ToSecond(), half);
    }

    private static Int128 Units(Bill bill, Metered kind) => Units(
        bill.Lines.Where(line => line.Slot.Kind == kind).SelectMany(line => line.Slices));

    private static Int128 Units(IEnumerable<UsageSlice> slices) =>
        slices.Aggregate(Int128.Zero, (sum, slice) => sum + slice.Units);

    private static Bill Unbilled(DateTime signedUpAt, DateTime until, params UsageInterval[] used) =>
        Bill.Of(new Metering(signedUpAt, Prices).Unbilled(used, until.ToSecond()), Prices);

    private static UsageInterval Use(
        int quantity, int size, DateTime from, DateTime? until, int app = 1, Metered kind = Metered.Replica,
        DateTime? billedUntil = null) => new()
        {
            Id = Guid.CreateVersion7(from),
            AccountId = Guid.Empty,
            AppId = new Guid(app, 0, 0, new byte[8]),
            AppName = $"app-{app}",
            Kind = kind,
            ResourceId = new Guid(app, 0, 0, new byte[8]),
            Quantity = quantity,
            SizeMilli = size,
            StartsAt = from.ToSecond(),
            EndsAt = until?.ToSecond(),
            BilledUntil = billedUntil?.ToSecond(),
        };
}
