using System.Buffers;
using System.Net.Http.Headers;
using System.Text;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>
/// HTTP Basic (RFC 7617) in every encoding that clients of this dialect use (README, "Authentication"): raw or percent
/// encoded, in UTF-8 or Latin-1. Split at the first colon; a plus sign is a plus sign.
/// </summary>
/// <param name="User">The part before the colon, decoded.</param>
/// <param name="Password">The part behind it, decoded.</param>
/// <param name="Literal">The same part as it stood; null when decoding changed nothing.</param>
internal sealed record BasicCredentials(string User, string Password, string? Literal)
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The credentials of a request; null when it has none that can be read.</summary>
    public static BasicCredentials? Of(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)) return null;
        if (!string.Equals(header.Scheme, "Basic", StringComparison.OrdinalIgnoreCase)) return null;
        if (Decode(header.Parameter) is not { } text) return null;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return null;
        var (user, literal) = (text[..colon], text[(colon + 1)..]);
        var password = Unescape(literal);
        return new BasicCredentials(Unescape(user), password, password == literal ? null : literal);
    }

    private static string? Decode(string? base64)
    {
        var bytes = new byte[base64?.Length ?? 0];
        if (!Convert.TryFromBase64String(base64 ?? "", bytes, out var length)) return null;
        try
        {
            return StrictUtf8.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes, 0, length);
        }
    }

    /// <summary>
    /// Percent-decodes (RFC 3986 2.1) a part in which every escape is right; any other part stays as it is.
    /// </summary>
    private static string Unescape(string part)
    {
        for (var i = part.IndexOf('%', StringComparison.Ordinal); i >= 0; i = part.IndexOf('%', i + 1))
        {
            var digits = part.AsSpan(i + 1, Math.Min(2, part.Length - i - 1));
            if (digits.Length < 2 || digits.ContainsAnyExcept(HexDigits)) return part;
        }

        return Uri.UnescapeDataString(part);
    }
}
