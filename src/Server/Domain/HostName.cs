using System.Globalization;

namespace Gatehouse.Domain;

/// <summary>
/// The name of a host as somebody gave it for an app, fully qualified (RFC 1123 2.1, RFC 5890): lower-case ASCII, at
/// least two labels, no address. A star may stand for the first label.
/// </summary>
public sealed record HostName(string Text)
{
    private const int Longest = 253;
    private const string Wildcard = "*.";
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true, AllowUnassigned = false };

    /// <summary>
    /// Reads a name; refuses with <see cref="Reason.Required"/> or <see cref="Reason.InvalidFormat"/>.
    /// </summary>
    public static Outcome<HostName> Parse(string? text)
    {
        var given = text?.Trim();
        if (string.IsNullOrEmpty(given)) return new Refusal(Reason.Required, Field.Fqdn);
        if (given.EndsWith('.')) given = given[..^1];
        var star = given.StartsWith(Wildcard, StringComparison.Ordinal) ? Wildcard : "";
        return AsciiOf(given[star.Length..]) is { } ascii && star.Length + ascii.Length <= Longest
            ? new HostName(star + ascii)
            : new Refusal(Reason.InvalidFormat, Field.Fqdn);
    }

    /// <summary>Says whether it is this host, or below it.</summary>
    public bool IsWithin(string host) =>
        Text.Equals(host, StringComparison.OrdinalIgnoreCase)
        || Text.EndsWith($".{host}", StringComparison.OrdinalIgnoreCase);

    private static string? AsciiOf(string name)
    {
        if (name.Length is 0 or > Longest || !name.Contains('.') || name.EndsWith('.')) return null;
        var small = name.ToLowerInvariant();
        try
        {
            var ascii = Idn.GetAscii(small).ToLowerInvariant();
            var survives = (name.All(char.IsAscii) ? ascii : Idn.GetUnicode(ascii)) == small;
            return survives && !char.IsAsciiDigit(ascii[^1]) ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
