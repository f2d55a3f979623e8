using System.Runtime.InteropServices;

namespace Gatehouse.Domain;

/// <summary>
/// A month of an account: from 00:00 UTC of its sign-up day to the same day of the next month, the end not included. A
/// sign-up day that a month lacks falls on its last day, and returns afterwards (contract 5).
/// </summary>
/// <param name="StartsAt">Seconds since 1970, UTC.</param>
/// <param name="EndsAt">Seconds since 1970, UTC.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BillingPeriod(long StartsAt, long EndsAt)
{
    /// <summary>How long it is: 28 to 31 days.</summary>
    public long Seconds => EndsAt - StartsAt;

    /// <summary>The period of an account that a second falls into.</summary>
    /// <param name="signedUpAt">When the account was made (UTC).</param>
    /// <param name="second">Seconds since 1970, UTC.</param>
    public static BillingPeriod Containing(DateTime signedUpAt, long second)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(second);
        var month = new DateTime(at.Year, at.Month, 1, 0, 0, 0, DateTimeKind.Utc);
        if (StartIn(month, signedUpAt.Day) > second) month = month.AddMonths(-1);
        return new BillingPeriod(StartIn(month, signedUpAt.Day), StartIn(month.AddMonths(1), signedUpAt.Day));
    }

    private static long StartIn(DateTime month, int day)
    {
        var last = DateTime.DaysInMonth(month.Year, month.Month);
        return month.AddDays(Math.Min(day, last) - 1).ToSecond();
    }
}

/// <summary>Time as bills count it: whole seconds since 1970, UTC.</summary>
public static class Seconds
{
    /// <summary>The second in which a moment (UTC) lies.</summary>
    public static long ToSecond(this DateTime moment) => new DateTimeOffset(moment).ToUnixTimeSeconds();

    /// <summary>When a second begins (UTC).</summary>
    public static DateTime ToMoment(long second) => DateTimeOffset.FromUnixTimeSeconds(second).UtcDateTime;
}
