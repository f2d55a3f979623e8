using System.Globalization;

namespace Gatehouse.Cli.Output;

/// <summary>Time spans as people say them.</summary>
internal static class Durations
{
    /// <summary>Rounded up in the largest unit that fits: <c>40 seconds</c>, <c>3 minutes</c>, <c>1 hour</c>.</summary>
    public static string InWords(TimeSpan span) => span switch
    {
        _ when span <= TimeSpan.FromSeconds(90) => Count(span.TotalSeconds, "second"),
        _ when span <= TimeSpan.FromMinutes(90) => Count(span.TotalMinutes, "minute"),
        _ when span <= TimeSpan.FromHours(36) => Count(span.TotalHours, "hour"),
        _ => Count(span.TotalDays, "day"),
    };

    private static string Count(double amount, string unit)
    {
        var whole = (long)Math.Ceiling(amount);
        return string.Create(CultureInfo.InvariantCulture, $"{whole} {unit}{(whole == 1 ? "" : "s")}");
    }
}
