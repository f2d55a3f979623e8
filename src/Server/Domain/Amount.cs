using System.Globalization;
using System.Text.RegularExpressions;

namespace Gatehouse.Domain;

/// <summary>
/// Amounts as people and programs write them: digits, perhaps a point and at most nine more. No sign, no exponent, no
/// separator of thousands: an amount is read exactly or not at all.
/// </summary>
public static partial class Amount
{
    /// <summary>Reads an amount; null when it is none that can be held exactly.</summary>
    public static Money? Parse(string? text)
    {
        if (text is null || !Form().IsMatch(text)) return null;
        var parts = text.Split('.');
        var dollars = long.Parse(parts[0], CultureInfo.InvariantCulture);
        var fraction = parts.Length > 1 ? parts[1].PadRight(Decimals, '0') : "0";
        var nanos = checked(dollars * NanosPerDollar + long.Parse(fraction, CultureInfo.InvariantCulture));
        return new Money(nanos);
    }

    /// <summary>Writes an amount with at least two decimals and as many as it needs: <c>12.50</c>.</summary>
    public static string Write(Money money) => money.Dollars.ToString("0.00#######", CultureInfo.InvariantCulture);

    private const int Decimals = 9;
    private const long NanosPerDollar = 1_000_000_000;

    // Nine digits of dollars: the most that a purchase or a grant could mean, far from any overflow.
    [GeneratedRegex(@"^[0-9]{1,9}(\.[0-9]{1,9})?\z", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Form();
}
