namespace Gatehouse.Domain;

/// <summary>
/// An amount of US dollars in whole nano-dollars (10⁻⁹): integers only, and every overflow is a fault. 1 credit is 1
/// USD.
/// </summary>
/// <param name="Nanos">The amount in nano-dollars.</param>
public readonly record struct Money(long Nanos)
{
    private const long NanosPerCent = 10_000_000;
    private const decimal NanosPerDollar = 1_000_000_000m;

    private const decimal LargestDollars = 9_000_000_000m;

    /// <summary>Nothing.</summary>
    public static readonly Money Zero;

    /// <summary>Whole cents, rounded down towards minus infinity, as <c>/api</c> shows them.</summary>
    public long WholeCents => Nanos / NanosPerCent - (Nanos % NanosPerCent < 0 ? 1 : 0);

    /// <summary>The exact amount in dollars: as many decimals as it has, at most nine.</summary>
    public decimal Dollars => Nanos / NanosPerDollar;

    /// <summary>Says whether it can be one line of a posting: more than nothing, at most 10¹⁸.</summary>
    public bool IsBookable => Nanos is > 0 and <= LedgerEntry.Largest;

    /// <summary>So many dollars, exactly; null when they have more than nine decimals or are out of range.</summary>
    public static Money? FromDollars(decimal dollars)
    {
        if (dollars is <= -LargestDollars or >= LargestDollars) return null;
        var nanos = dollars * NanosPerDollar;
        return nanos == decimal.Truncate(nanos) ? new Money((long)nanos) : null;
    }

    /// <summary>The same amount from whole cents.</summary>
    public static Money FromCents(long cents) => new(checked(cents * NanosPerCent));

    public static Money operator +(Money left, Money right) => new(checked(left.Nanos + right.Nanos));

    public static Money operator -(Money left, Money right) => new(checked(left.Nanos - right.Nanos));
}
