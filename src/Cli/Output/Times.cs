using System.Globalization;
using System.Text.Json;

namespace Gatehouse.Cli.Output;

/// <summary>Points in time as people read them: to the minute, UTC.</summary>
internal static class Times
{
    /// <summary><c>2026-12-06 22:57</c>; null when it is missing or no time.</summary>
    public static string? Time(this JsonElement data, string name) => data.Text(name) is { } text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
            : null;
}
