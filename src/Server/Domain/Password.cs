using System.Text;

namespace Gatehouse.Domain;

/// <summary>
/// A password as typed, brought to Unicode normal form C so that the same letters typed on two keyboards are the same
/// password, and otherwise untouched: nothing is trimmed, folded, decoded or cut off.
/// </summary>
public sealed class Password
{
    /// <summary>
    /// The most bytes (UTF-8) a password may have; longer ones are refused before anything is computed.
    /// </summary>
    public const int LongestBytes = 1024;

    private Password(string text) => Text = new Secret(text);

    /// <summary>The normalised text.</summary>
    public Secret Text { get; }

    /// <summary>Its length in Unicode code points.</summary>
    public int Length => Text.Reveal().EnumerateRunes().Count();

    /// <summary>Reads a password that somebody claims to know; only its form is checked.</summary>
    public static Outcome<Password> Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return new Refusal(Reason.Required, Field.Password);
        if (text.Length > LongestBytes) return TooLong;
        if (!IsUnicode(text)) return new Refusal(Reason.InvalidFormat, Field.Password);
        var normal = text.Normalize(NormalizationForm.FormC);
        return Encoding.UTF8.GetByteCount(normal) > LongestBytes ? TooLong : new Password(normal);
    }

    private static Refusal TooLong => new(Reason.TooLong, Field.Password, Number: LongestBytes);

    /// <summary>Half a surrogate pair reads as a replacement character that is not there.</summary>
    private static bool IsUnicode(string text) =>
        text.EnumerateRunes().Count(rune => rune == Rune.ReplacementChar) == text.Count(c => c == '\uFFFD');
}
