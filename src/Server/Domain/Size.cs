using System.Globalization;

namespace Gatehouse.Domain;

/// <summary>
/// How large an instance or a database is: whole thousandths of a gigabyte, which are megabytes (1.0 = 1000 MB). Wire
/// and people write it in gigabytes.
/// </summary>
/// <param name="Milli">Thousandths of a gigabyte.</param>
public readonly record struct Size(int Milli)
{
    private const decimal MilliPerGigabyte = 1000m;

    /// <summary>In gigabytes, exactly.</summary>
    public decimal Gigabytes => Milli / MilliPerGigabyte;

    /// <summary>So many gigabytes; null when they have more than three decimals or are out of range.</summary>
    public static Size? FromGigabytes(decimal gigabytes)
    {
        if (gigabytes is <= 0 or > 1_000_000m) return null;
        var milli = gigabytes * MilliPerGigabyte;
        return milli == decimal.Truncate(milli) ? new Size((int)milli) : null;
    }

    /// <summary>As the wire writes it: <c>0.2</c>, <c>16</c>.</summary>
    public override string ToString() => Gigabytes.ToString("0.###", CultureInfo.InvariantCulture);
}
