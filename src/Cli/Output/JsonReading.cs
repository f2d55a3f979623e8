using System.Globalization;
using System.Text.Json;

namespace Gatehouse.Cli.Output;

/// <summary>
/// Reads from replies what people are shown. A server may be newer or older than this program: what is missing or of
/// another kind is simply not shown.
/// </summary>
internal static class JsonReading
{
    /// <summary>A string or a number as text; null when it is missing.</summary>
    public static string? Text(this JsonElement data, string name) => data.Member(name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    /// <summary>An amount in cents as dollars: <c>$12.05</c>; null when it is missing.</summary>
    public static string? Cents(this JsonElement data, string name) =>
        data.Number(name) is { } cents ? Dollars(cents) : null;

    /// <summary>A whole number; null when it is missing.</summary>
    public static long? Number(this JsonElement data, string name) =>
        data.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var whole)
            ? whole
            : null;

    /// <summary>Cents as dollars: <c>$12.05</c>.</summary>
    public static string Dollars(long cents)
    {
        var (dollars, rest) = Math.DivRem(Math.Abs(cents), 100L);
        return string.Create(CultureInfo.InvariantCulture, $"{(cents < 0 ? "-" : "")}${dollars}.{rest:00}");
    }

    /// <summary>The members of an object inside; none when it is missing.</summary>
    public static IEnumerable<(string Name, JsonElement Value)> Members(this JsonElement data, string name) =>
        data.Member(name) is { ValueKind: JsonValueKind.Object } inner
            ? inner.EnumerateObject().Select(member => (member.Name, member.Value))
            : [];

    /// <summary>An object inside; null when it is missing.</summary>
    public static JsonElement? Inner(this JsonElement data, string name) =>
        data.Member(name) is { ValueKind: JsonValueKind.Object } inner ? inner : null;

    /// <summary>Whether something is said to be so.</summary>
    public static bool Is(this JsonElement data, string name) => data.Member(name)?.ValueKind == JsonValueKind.True;

    /// <summary>Whether something is said not to be; what is missing is not said.</summary>
    public static bool Denies(this JsonElement data, string name) =>
        data.Member(name)?.ValueKind == JsonValueKind.False;

    /// <summary>The elements of an array; none when it is something else.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement data) =>
        data.ValueKind == JsonValueKind.Array ? data.EnumerateArray() : [];

    /// <summary>The elements of an array inside; none when it is missing.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement data, string name) =>
        data.Member(name) is { } inner ? inner.Items() : [];

    private static JsonElement? Member(this JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) ? value : null;
}
