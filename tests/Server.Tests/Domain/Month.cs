using Gatehouse.Domain;
using Gatehouse.Tests.Harness;

namespace Gatehouse.Tests.Domain;

/// <summary>
/// A month of somebody who scales at random, and what it costs, worked out the simplest way there is: nothing of the
/// code under test is used.
/// </summary>
internal sealed class Month
{
    private readonly List<Thing> things = [];
    private readonly long start;
    private readonly long end;

    /// <summary>A month from a sign-up day, days 1 to 31, in any of some years.</summary>
    public Month(Dice dice, int mostThings)
    {
        var first = new DateTime(2027 + dice.Throw(5), 1 + dice.Throw(12), 1, 0, 0, 0, DateTimeKind.Utc);
        var days = DateTime.DaysInMonth(first.Year, first.Month);
        SignedUpAt = first.AddDays(dice.Throw(days)).AddSeconds(dice.Throw(86_400));
        (start, var day) = (ToSecond(SignedUpAt.Date), SignedUpAt.Date.AddDays(1));
        // Day by day, until the sign-up day comes again, or the last day of a month that lacks it.
        while (day.Day != SignedUpAt.Day && !(IsLast(day) && day.Day < SignedUpAt.Day)) day = day.AddDays(1);
        end = ToSecond(day);
        for (var i = dice.Throw(mostThings + 1); i > 0; i--) things.Add(Thing.AtRandom(dice, start, end));
    }

    public DateTime SignedUpAt { get; }

    public long End => end;

    public IEnumerable<UsageInterval> Intervals => things.SelectMany(thing => thing.Intervals());

    /// <summary>MB-seconds of replicas, seconds of databases, and cents, event by event.</summary>
    public (Int128 Replicas, Int128 Databases, Int128 Cents) EventByEvent()
    {
        var (replicas, databases, nanos) = (Int128.Zero, Int128.Zero, Int128.Zero);
        foreach (var thing in things)
        {
            for (var i = 0; i < thing.Events.Count; i++)
            {
                var (at, quantity, size) = thing.Events[i];
                var until = i + 1 < thing.Events.Count ? thing.Events[i + 1].At : end;
                var seconds = (Int128)Math.Min(until, end) - at;
                if (quantity == 0 || seconds <= 0) continue;
                if (thing.Kind == Metered.Replica) replicas += seconds * quantity * size;
                else databases += seconds;
                nanos += seconds * PriceOf(thing.Kind, quantity, size);
            }
        }

        return (replicas, databases, ToCents(nanos));
    }

    /// <summary>Cents, second by second.</summary>
    public Int128 SecondBySecond()
    {
        var nanos = Int128.Zero;
        foreach (var thing in things)
        {
            var (next, price) = (0, 0L);
            for (var second = start; second < end; second++)
            {
                while (next < thing.Events.Count && thing.Events[next].At <= second)
                {
                    var (_, quantity, size) = thing.Events[next++];
                    price = quantity == 0 ? 0 : PriceOf(thing.Kind, quantity, size);
                }

                nanos += price;
            }
        }

        return ToCents(nanos);
    }

    private static long PriceOf(Metered kind, int quantity, int size) => kind == Metered.Replica
        ? 50_000_000L * quantity * size
        : size switch { 600 => 25_000_000_000, 1700 => 50_000_000_000, _ => 100_000_000_000 };

    /// <summary>Price times seconds, divided by the seconds of the month, to cents, half to even.</summary>
    private Int128 ToCents(Int128 nanoSeconds)
    {
        var unit = (Int128)(end - start) * 10_000_000;
        var (cents, rest) = Int128.DivRem(nanoSeconds, unit);
        if (rest * 2 > unit || (rest * 2 == unit && cents % 2 == 1)) cents++;
        return cents;
    }

    private static bool IsLast(DateTime day) => day.AddDays(1).Day == 1;

    private static long ToSecond(DateTime moment) => (moment - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond;

    /// <summary>An app or a database, and what it was from when on.</summary>
    private sealed record Thing(Metered Kind, Guid Id, List<(long At, int Quantity, int Size)> Events)
    {
        public static Thing AtRandom(Dice dice, long start, long end)
        {
            var kind = dice.Throw(3) == 0 ? Metered.Database : Metered.Replica;
            var moments = Enumerable.Range(0, 1 + dice.Throw(12)).Select(_ => dice.Throw(6) switch
            {
                0 => start,
                1 => end - 1,
                _ => dice.Between(start, end),
            }).Order().ToList();
            var events = moments.ConvertAll(at => (at, Quantity(dice, kind), Size(dice, kind)));
            return new Thing(kind, Guid.CreateVersion7(TestServer.Beginning.AddSeconds(dice.Throw(1_000_000))), events);
        }

        public IEnumerable<UsageInterval> Intervals()
        {
            for (var i = 0; i < Events.Count; i++)
            {
                var (at, quantity, size) = Events[i];
                if (quantity == 0) continue;
                yield return new UsageInterval
                {
                    Id = Guid.CreateVersion7(TestServer.Beginning),
                    AccountId = Guid.Empty,
                    AppId = Id,
                    AppName = $"app-{Id:N}",
                    Kind = Kind,
                    ResourceId = Id,
                    Quantity = quantity,
                    SizeMilli = size,
                    StartsAt = at,
                    EndsAt = i + 1 < Events.Count ? Events[i + 1].At : null,
                };
            }
        }

        private static int Quantity(Dice dice, Metered kind) =>
            kind == Metered.Database ? dice.Throw(4) == 0 ? 0 : 1 : dice.Throw(17);

        private static int Size(Dice dice, Metered kind) => kind == Metered.Database
            ? dice.Throw(3) switch { 0 => 600, 1 => 1700, _ => 4000 }
            : 200 + (100 * dice.Throw(1279));
    }
}
