using System.Globalization;
using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.WebConsole.Shared;

/// <summary>Times, amounts and things of bills, as the pages about them say it.</summary>
internal static class BillText
{
    /// <summary>Such as <c>15 June 2027</c>: bills begin and end at 00:00 UTC.</summary>
    public static string Day(long second) => Write(second, "d MMMM yyyy");

    /// <summary>Such as <c>20 June 2027, 12:34:56</c>, UTC.</summary>
    public static string Moment(long second) => Write(second, "d MMMM yyyy, HH:mm:ss");

    /// <summary>With groups of thousands: <c>2,592,000</c>.</summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Nano-dollars as dollars; what is given back has a minus sign.</summary>
    public static string Dollars(long nanos) =>
        nanos < 0 ? $"−{LimitText.Dollars(new Money(-nanos))}" : LimitText.Dollars(new Money(nanos));

    /// <summary>What a line of an invoice is for.</summary>
    public static string What(Invoice invoice, InvoiceLine line)
    {
        var what = line.Kind switch
        {
            Metered.Replica => "Replicas",
            Metered.Database => $"Database of {new Size(line.SizeMilli)} GB",
        };
        return line.IsAdjustment(invoice) ? $"{what}, {Day(line.PeriodStartsAt)} to {Day(line.PeriodEndsAt)}" : what;
    }

    /// <summary>How much of it was used.</summary>
    public static string Used(InvoiceLine line) => line.Kind switch
    {
        Metered.Replica => $"{GigabyteSeconds(line.Units)} GB-seconds",
        Metered.Database => $"{Count(line.Units)} seconds",
    };

    private static string GigabyteSeconds(long units) =>
        (units / 1000m).ToString("#,0.###", CultureInfo.InvariantCulture);

    private static string Write(long second, string format) =>
        Seconds.ToMoment(second).ToString(format, CultureInfo.InvariantCulture);
}
