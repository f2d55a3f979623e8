using System.Numerics;

namespace Gatehouse.Domain;

/// <summary>
/// How far money reaches. Cost only grows with time, so the last second that is paid for can be searched by halves.
/// </summary>
public sealed class SpendLimit(Metering metering, PriceBook prices)
{
    /// <summary>What is used between two seconds costs so many nano-dollars, rounded down.</summary>
    public BigInteger CostOf(IReadOnlyList<UsageInterval> intervals, long from, long until) =>
        Bill.CostOf(metering.Between(intervals, from, until), prices).Floor;

    /// <summary>
    /// The last second, from <paramref name="from"/> to <paramref name="until"/>, until which all that is used costs
    /// no more than <paramref name="nanos"/>; <paramref name="until"/> itself when the money reaches that far.
    /// </summary>
    public long Reach(IReadOnlyList<UsageInterval> intervals, long from, long until, BigInteger nanos)
    {
        var (paid, tooFar) = (from, until);
        if (IsPaid(until)) return until;
        while (tooFar - paid > 1)
        {
            var middle = paid + ((tooFar - paid) / 2);
            if (IsPaid(middle)) paid = middle;
            else tooFar = middle;
        }

        return paid;

        bool IsPaid(long second) => Exceeds(Bill.CostOf(metering.Between(intervals, from, second), prices)) is false;

        bool Exceeds(Fraction cost) => cost > new Fraction(nanos, 1);
    }
}
