using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Gatehouse.Gateways;

/// <summary>
/// Whether an ID token is what it has to be (OpenID Connect Core 3.1.3.7): signed by a key of the issuer, made by it,
/// for us alone, now, and for this very passage. Anything less is refused, and only the log says what it was.
/// </summary>
public sealed class IdTokenCheck(
    OpenIdDirectory directory, Settings settings, TimeProvider clock, ILogger<IdTokenCheck> log)
{
    private const int LongestSubject = 255;

    /// <summary>How far the clocks of two honest machines may be apart.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    // Signatures by a key that only the issuer has: no shared secrets, and not "none".
    private static readonly string[] Algorithms =
        ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    /// <summary>
    /// What the token says. Refuses with <see cref="Reason.ClocksDiffer"/> where a token of the issuer is from another
    /// time, else with <see cref="Reason.IdentityRefused"/> or <see cref="Reason.ProviderUnavailable"/>.
    /// </summary>
    public async Task<Outcome<IdentityClaims>> Run(string text, string nonce, CancellationToken stop)
    {
        if (!(await directory.Find(newKeys: false, stop)).Is(out var provider, out var refusal)) return refusal;
        var result = await Validate(text, provider);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // The provider may have new keys.
            if (!(await directory.Find(newKeys: true, stop)).Is(out provider, out refusal)) return refusal;
            result = await Validate(text, provider);
        }

        if (result.Exception is SecurityTokenInvalidLifetimeException) return Reason.ClocksDiffer;
        if (!result.IsValid || result.SecurityToken is not JsonWebToken token)
            return Refuse(result.Exception?.GetType().Name ?? "no token");
        if (!IsNonce(token, nonce)) return Refuse("another nonce");
        if (!IsForUsAlone(token)) return Refuse("another audience beside ours");
        if (IdentityClaims.Read(Base64UrlEncoder.Decode(token.EncodedPayload)) is not { } claims)
            return Refuse("no subject");
        if (claims.Subject.Length > LongestSubject) return Refuse("a subject that is too long");
        return claims;
    }

    private Task<TokenValidationResult> Validate(string text, OpenIdConnectConfiguration provider) =>
        Handler.ValidateTokenAsync(text, new TokenValidationParameters
        {
            ValidIssuer = settings.Google.Authority,
            ValidAudience = settings.Google.ClientId,
            ValidAlgorithms = Algorithms,
            IssuerSigningKeyResolver = (_, _, name, _) => KeysNamed(name, provider.SigningKeys),
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            // Against our own clock, so that it can be told apart from a forgery.
            LifetimeValidator = (_, _, token, _) => IsNow((JsonWebToken)token),
        });

    /// <summary>A token need not name its key where the issuer has one alone (OpenID Connect Core 10.1).</summary>
    private static IEnumerable<SecurityKey> KeysNamed(string? name, ICollection<SecurityKey> keys) =>
        string.IsNullOrEmpty(name) && keys.Count == 1 ? keys : keys.Where(key => key.KeyId == name && name is not null);

    private static bool IsNonce(JsonWebToken token, string nonce) =>
        token.TryGetPayloadValue<string>("nonce", out var given)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(nonce));

    private bool IsForUsAlone(JsonWebToken token) =>
        token.Audiences.All(audience => audience == settings.Google.ClientId)
        && (string.IsNullOrEmpty(token.Azp) || token.Azp == settings.Google.ClientId);

    /// <summary>A token that was fetched a moment ago was made a moment ago, and has not ended yet.</summary>
    private bool IsNow(JsonWebToken token)
    {
        var (now, made, end) = (clock.UtcNow(), token.IssuedAt, token.ValidTo);
        if (made != DateTime.MinValue && end != DateTime.MinValue
            && (made - now).Duration() <= Tolerance && end > now - Tolerance
            && (token.ValidFrom == DateTime.MinValue || token.ValidFrom <= now + Tolerance)) return true;
        log.LogError(
            "openid.clock: a token that was made just now says {Made:O} to {End:O}; the clock here says {Now:O}",
            made,
            end,
            now);
        return false;
    }

    private Outcome<IdentityClaims> Refuse(string why)
    {
        log.LogWarning("openid.refused: {Why}", why);
        return Reason.IdentityRefused;
    }
}

/// <summary>What is read of a provider's words about somebody.</summary>
/// <param name="Subject">Whom it means.</param>
/// <param name="Email">The address; null when it does not tell.</param>
/// <param name="IsEmailVerified">True for the JSON value <c>true</c> and for nothing else.</param>
public sealed record IdentityClaims(string Subject, string? Email, bool IsEmailVerified)
{
    /// <summary>Null when it is no JSON object with a subject.</summary>
    public static IdentityClaims? Read(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            if (Text(json, "sub") is not { Length: > 0 } subject) return null;
            var isVerified = json.RootElement.TryGetProperty("email_verified", out var verified)
                && verified.ValueKind == JsonValueKind.True;
            return new IdentityClaims(subject, Text(json, "email"), isVerified);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal static string? Text(JsonDocument json, string name) =>
        json.RootElement.ValueKind == JsonValueKind.Object
        && json.RootElement.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
