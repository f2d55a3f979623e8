using System.Globalization;

namespace Gatehouse.Cli.Commands;

/// <summary>When something made by a command ends, as people say it.</summary>
internal static class Expiry
{
    private const string Form = "yyyy-MM-ddTHH:mm:ssZ";

    /// <summary>The time for the wire (ISO 8601, UTC).</summary>
    /// <param name="text">A date (its beginning, UTC), a time, or a span: <c>12h</c>, <c>30d</c>, <c>8w</c>.</param>
    /// <param name="clock">Tells now.</param>
    /// <exception cref="Failure">It is none of these, or is over (exit code 2).</exception>
    public static string Parse(string text, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        if (After(now, text) is not { } at)
            throw Failure.Usage($"`{text}` (--expires) is no date, time or span; write 2027-01-31, or 30d.");
        if (at <= now)
            throw Failure.Usage($"`{text}` (--expires) is in the past.");
        return at.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);
    }

    private static DateTimeOffset? After(DateTimeOffset now, string text)
    {
        if (Span(text) is { } span)
            return span < DateTimeOffset.MaxValue - now ? now + span : null;

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return text.Length >= "2027-01-31".Length
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var at) ? at : null;
    }

    private static TimeSpan? Span(string text)
    {
        TimeSpan? unit = text is [.., var letter]
            ? letter switch
            {
                'h' => TimeSpan.FromHours(1),
                'd' => TimeSpan.FromDays(1),
                'w' => TimeSpan.FromDays(7),
                _ => null,
            }
            : null;
        return unit is not null
            && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count <= TimeSpan.MaxValue / unit ? unit * count : null;
    }
}
