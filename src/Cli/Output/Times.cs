using System.Globalization;
using System.Text.Json;

namespace Gatehouse.Cli.Output;

/// <summary>Points in time as people read them: to the minute unless seconds matter, UTC.</summary>
internal static class Times
{
    /// <summary><c>2026-12-06 22:57</c>; null when it is missing or no time.</summary>
    public static string? Time(this JsonElement data, string name) => Format(data, name, "yyyy-MM-dd HH:mm");

    /// <summary><c>2026-12-06</c>; null when it is missing or no time.</summary>
    public static string? Date(this JsonElement data, string name) => Format(data, name, "yyyy-MM-dd");

    /// <summary><c>2026-12-06 22:57:01</c>; null when it is missing or no time.</summary>
    public static string? Second(this JsonElement data, string name) => Format(data, name, "yyyy-MM-dd HH:mm:ss");

    private static string? Format(JsonElement data, string name, string form) => data.Text(name) is { } text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? at.UtcDateTime.ToString(form, CultureInfo.InvariantCulture)
            : null;
}
