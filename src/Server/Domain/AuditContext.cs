using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Domain;

/// <summary>
/// Where the request of an audit entry came from. Personal data: erased with the person, while the entry's salted hash
/// of it stays and says nothing without the salt.
/// </summary>
public sealed class AuditContext
{
    private const int SaltBytes = 16;
    private const int LongestText = 200;

    private AuditContext()
    {
    }

    public Guid AccountId { get; private set; }

    public long Sequence { get; private set; }

    public byte[] Salt { get; private set; } = [];

    public string Address { get; private set; } = "";

    public string UserAgent { get; private set; } = "";

    public string RequestId { get; private set; } = "";

    /// <summary>The context of an entry that <paramref name="caller"/> causes.</summary>
    public static AuditContext Of(Caller caller, Guid accountId, long sequence) => new()
    {
        AccountId = accountId,
        Sequence = sequence,
        Salt = RandomNumberGenerator.GetBytes(SaltBytes),
        Address = Line(caller.Address),
        UserAgent = Line(caller.UserAgent),
        RequestId = Line(caller.RequestId),
    };

    /// <summary>SHA-256 over the salt and the fields, one a line.</summary>
    public byte[] ComputeHash() => SHA256.HashData(
        [.. Salt, .. Encoding.UTF8.GetBytes(string.Join('\n', Address, UserAgent, RequestId))]);

    /// <summary>One printable line, so that nothing a client sends can forge another one.</summary>
    private static string Line(string text)
    {
        var clean = string.Concat(text.EnumerateRunes().Select(rune => IsPlain(rune) ? rune.ToString() : " "));
        return clean.Length <= LongestText ? clean : clean[..LongestText];
    }

    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
