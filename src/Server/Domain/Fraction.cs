using System.Numerics;

namespace Gatehouse.Domain;

/// <summary>An exact number of nano-dollars: what is multiplied and divided here is rounded once, at the end.</summary>
public readonly record struct Fraction
{
    private readonly BigInteger over;
    private readonly BigInteger under;

    /// <summary>So much divided by so much, which is more than nothing.</summary>
    public Fraction(BigInteger over, BigInteger under)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(under);
        var common = BigInteger.GreatestCommonDivisor(over, under);
        (this.over, this.under) = (over / common, under / common);
    }

    /// <summary>Above the line, in lowest terms.</summary>
    public BigInteger Over => over;

    /// <summary>Below the line, in lowest terms.</summary>
    public BigInteger Under => under.IsZero ? BigInteger.One : under;

    /// <summary>The largest whole number that is not more.</summary>
    public BigInteger Floor => BigInteger.DivRem(over, Under, out var rest) - (rest.Sign < 0 ? 1 : 0);

    /// <summary>The nearest whole number; of two as near the even one.</summary>
    public BigInteger Nearest
    {
        get
        {
            var floor = Floor;
            var twice = 2 * (over - (floor * Under));
            var isUp = twice > Under || (twice == Under && !floor.IsEven);
            return isUp ? floor + 1 : floor;
        }
    }

    public static Fraction operator +(Fraction left, Fraction right) =>
        new((left.over * right.Under) + (right.over * left.Under), left.Under * right.Under);

    public static Fraction operator -(Fraction left, Fraction right) =>
        new((left.over * right.Under) - (right.over * left.Under), left.Under * right.Under);

    public static Fraction operator *(Fraction left, long right) => new(left.over * right, left.Under);

    public static Fraction operator /(Fraction left, long right) => new(left.over, left.Under * right);

    public static bool operator <(Fraction left, Fraction right) =>
        left.over * right.Under < right.over * left.Under;

    public static bool operator >(Fraction left, Fraction right) => right < left;
}
