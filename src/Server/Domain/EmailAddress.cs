using System.Globalization;

namespace Gatehouse.Domain;

/// <summary>
/// An address in two forms: the spelling its owner gave, which mail is sent to, and one canonical form, which is the
/// only thing ever compared. The local part is plain ASCII atoms (RFC 5321 4.1.2, no quoted strings); the domain is a
/// host name with at least one dot, in ASCII or as an internationalised name that survives the round trip through
/// Punycode (RFC 5891). Look-alikes that some function somewhere would fold into another address are not addresses.
/// </summary>
/// <param name="Spelling">As given, without surrounding blanks.</param>
/// <param name="Canonical">Lower-case ASCII.</param>
public sealed record EmailAddress(string Spelling, string Canonical)
{
    private const int LongestLocalPart = 64;
    private const int Longest = 254;
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true, AllowUnassigned = false };

    /// <summary>The domain in its canonical form.</summary>
    public string Domain => Canonical[(Canonical.IndexOf('@', StringComparison.Ordinal) + 1)..];

    /// <summary>Where mail goes: the local part as its owner spelled it, the domain in ASCII.</summary>
    public string Mailbox => $"{Spelling[..Spelling.IndexOf('@', StringComparison.Ordinal)]}@{Domain}";

    /// <summary>
    /// Reads an address; refuses with <see cref="Reason.Required"/> or <see cref="Reason.InvalidFormat"/>.
    /// </summary>
    public static Outcome<EmailAddress> Parse(string? text)
    {
        var spelling = text?.Trim(' ', '\t');
        if (string.IsNullOrEmpty(spelling)) return new Refusal(Reason.Required, Field.Email);
        if (spelling.Length > Longest || spelling.Split('@') is not [var local, var domain]) return Malformed;
        if (!IsDotAtom(local) || AsciiDomain(domain) is not { } ascii) return Malformed;
        return new EmailAddress(spelling, $"{local}@{ascii}".ToLowerInvariant());
    }

    public override string ToString() => Spelling;

    private static Refusal Malformed => new(Reason.InvalidFormat, Field.Email);

    private static bool IsDotAtom(string local) =>
        local.Length <= LongestLocalPart
        && local.Split('.').All(atom => atom.Length > 0 && atom.All(IsAtomCharacter));

    private static bool IsAtomCharacter(char c) => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".Contains(c);

    private static string? AsciiDomain(string domain)
    {
        if (!domain.Contains('.') || domain.EndsWith('.')) return null;
        try
        {
            var ascii = Idn.GetAscii(domain).ToLowerInvariant();
            var survives = IsAscii(domain)
                ? ascii.Equals(domain, StringComparison.OrdinalIgnoreCase)
                : Idn.GetUnicode(ascii) == domain;
            return survives && !char.IsAsciiDigit(ascii[^1]) ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsAscii(string text) => text.All(char.IsAscii);
}
