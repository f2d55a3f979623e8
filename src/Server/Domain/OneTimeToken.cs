using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace Gatehouse.Domain;

/// <summary>
/// The secrets that travel by mail or between the steps of a sign-up. All come from the operating system's generator;
/// the database only ever sees a keyed hash of them.
/// </summary>
public static class OneTimeToken
{
    private const int LinkBytes = 32;
    private const int LinkCharacters = 43;
    private const int HandleBytes = 16;
    private const int HandleCharacters = 36;
    private const int CodeDigits = 6;

    /// <summary>The token of a link: 256 random bits in base64url (RFC 4648 section 5).</summary>
    public static Secret NewLink() => new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(LinkBytes)));

    /// <summary>A code of six digits for a person to type.</summary>
    public static Secret NewCode() =>
        new(RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture));

    /// <summary>
    /// The handle of a running sign-up: 128 random bits written like a UUID, because the wire calls it one. It is not
    /// an RFC 9562 UUID: fixed version bits would only make it easier to guess.
    /// </summary>
    public static Secret NewHandle() => new(new Guid(RandomNumberGenerator.GetBytes(HandleBytes)).ToString("D"));

    /// <summary>Says whether a text can be the token of a link at all.</summary>
    public static bool IsLink(string? text) =>
        text is { Length: LinkCharacters } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>Says whether a text can be a code at all.</summary>
    public static bool IsCode(string? text) => text is { Length: CodeDigits } && text.All(char.IsAsciiDigit);

    /// <summary>Says whether a text can be the handle of a sign-up at all.</summary>
    public static bool IsHandle(string? text) =>
        text is { Length: HandleCharacters } && Guid.TryParseExact(text, "D", out _);
}
