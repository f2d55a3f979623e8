using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gatehouse.Domain;

namespace Gatehouse.Platform;

/// <summary>
/// Tokens as text: JSON Web Tokens in compact form (RFC 7515 3.1, RFC 7519), signed with ES256 and nothing else. What
/// the header says of other keys (<c>jku</c>, <c>jwk</c>, <c>x5u</c>) is not even read.
/// </summary>
public sealed record TokenText(string Header, string Payload, string Signature)
{
    /// <summary>The one algorithm.</summary>
    public const string Algorithm = "ES256";

    private const int SignatureBytes = 64;
    private const int LongestText = 4096;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Strict)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
    };

    /// <summary>What the signature is over.</summary>
    public string Covered => $"{Header}.{Payload}";

    /// <summary>Writes a token.</summary>
    public static Secret Write(AccessToken token, TokenKey key, string issuer, string id)
    {
        var header = Encode(new TokenHeader(Algorithm, key.Id, "JWT"));
        var payload = Encode(new TokenClaims(
            token.UserName,
            Seconds(token.ExpiresAt),
            Seconds(token.LoggedInAt),
            issuer,
            token.AccountId,
            Seconds(token.IssuedAt),
            id,
            token.SessionId,
            token.AccountVersion));
        var signature = key.Sign($"{header}.{payload}");
        return new Secret($"{header}.{payload}.{Base64Url.EncodeToString(signature)}");
    }

    /// <summary>Takes a text apart; null when it has not three parts.</summary>
    public static TokenText? Split(string text) =>
        text.Length <= LongestText && text.Split('.') is [var header, var payload, var signature]
            ? new TokenText(header, payload, signature)
            : null;

    /// <summary>The header; null when it cannot be read.</summary>
    public TokenHeader? ReadHeader() => Decode<TokenHeader>(Header);

    /// <summary>The claims; null when they cannot be read.</summary>
    public TokenClaims? ReadClaims() => Decode<TokenClaims>(Payload);

    /// <summary>Says whether a key of ours signed this.</summary>
    public bool IsSignedBy(TokenKey key) =>
        Bytes(Signature) is { Length: SignatureBytes } bytes && key.Verifies(Covered, bytes);

    private static string Encode<T>(T part) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part, Strict));

    private static T? Decode<T>(string part)
        where T : class
    {
        try
        {
            return Bytes(part) is { } json ? JsonSerializer.Deserialize<T>(json, Strict) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Exactly one text stands for each bytes: no padding, no blanks, no loose bits at the end.</summary>
    private static byte[]? Bytes(string part)
    {
        if (!Base64Url.IsValid(part)) return null;
        var bytes = Base64Url.DecodeFromChars(part);
        return Base64Url.EncodeToString(bytes) == part ? bytes : null;
    }

    private static long Seconds(DateTime time) => new DateTimeOffset(time).ToUnixTimeSeconds();
}

/// <summary>The header of a token (RFC 7515 4.1), as far as it is looked at.</summary>
public sealed record TokenHeader(string Alg, string? Kid = null, string? Typ = null);

/// <summary>The claims of a token; all times in whole seconds since 1970.</summary>
public sealed record TokenClaims(
    string Id, long Exp, long OrigIat, string Iss, Guid Sub, long Iat, string Jti, Guid Sid, int Ver);
