using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Gatehouse.Gateways;

/// <summary>
/// The OpenID provider that people log in at: the authorization code flow with PKCE (RFC 6749 4.1, RFC 7636, OpenID
/// Connect Core 3.1). One issuer, fixed by the settings.
/// </summary>
public sealed class OpenIdProvider(
    OpenIdDirectory directory, OpenIdClient client, IdTokenCheck check, Settings settings, PublicUrl publicUrl)
{
    /// <summary>Where the browser comes back to.</summary>
    public const string ReturnPath = "/oauth/callback";

    /// <summary>Says whether this server has one.</summary>
    public bool IsOffered => settings.Google.IsOffered;

    private string RedirectUri => publicUrl.To(ReturnPath);

    /// <summary>
    /// Says whether it can be reached. Refuses with <see cref="Reason.NotOffered"/> or <see
    /// cref="Reason.ProviderUnavailable"/>.
    /// </summary>
    public async Task<Outcome<Done>> Reach(CancellationToken stop)
    {
        if (!IsOffered) return new Refusal(Reason.NotOffered, Field.OAuth);
        return (await directory.Find(newKeys: false, stop)).Match<Outcome<Done>>(_ => Done.It, refusal => refusal);
    }

    /// <summary>
    /// Where to send the browser. Refuses with <see cref="Reason.NotOffered"/> or <see
    /// cref="Reason.ProviderUnavailable"/>.
    /// </summary>
    public async Task<Outcome<Uri>> AddressFor(Passage passage, CancellationToken stop)
    {
        if (!IsOffered) return new Refusal(Reason.NotOffered, Field.OAuth);
        if (!(await directory.Find(newKeys: false, stop)).Is(out var provider, out var refusal)) return refusal;
        var challenge = SHA256.HashData(Encoding.ASCII.GetBytes(passage.Verifier.Reveal()));
        var query = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["response_type"] = "code",
            ["client_id"] = settings.Google.ClientId,
            ["redirect_uri"] = RedirectUri,
            ["scope"] = "openid email profile",
            ["state"] = passage.State.Reveal(),
            ["nonce"] = passage.Nonce,
            ["code_challenge"] = Base64UrlEncoder.Encode(challenge),
            ["code_challenge_method"] = "S256",
            ["prompt"] = "select_account",
        };
        return new Uri(QueryHelpers.AddQueryString(provider.AuthorizationEndpoint, query));
    }

    /// <summary>
    /// Redeems the code that a browser brought back, once. Refuses with <see cref="Reason.ProviderUnavailable"/>, <see
    /// cref="Reason.ClocksDiffer"/>, <see cref="Reason.AddressNotProven"/> or <see cref="Reason.IdentityRefused"/>.
    /// </summary>
    /// <param name="passage">What the browser was sent away with.</param>
    /// <param name="code">The code.</param>
    /// <param name="issuer">Who sent the browser back, where that was said (RFC 9207).</param>
    /// <param name="stop">Gives up.</param>
    public async Task<Outcome<ProvenIdentity>> Redeem(
        Passage passage, string code, string? issuer, CancellationToken stop)
    {
        if (!IsOffered) return new Refusal(Reason.NotOffered, Field.OAuth);
        if (issuer is not null && issuer != settings.Google.Authority) return Reason.IdentityRefused;
        if (!(await directory.Find(newKeys: false, stop)).Is(out var provider, out var refusal)) return refusal;
        var reply = await Exchange(provider, passage, code, stop);
        if (reply.IsRefused) return Reason.IdentityRefused;
        if (reply.Body is null) return Reason.ProviderUnavailable;
        var answer = TokenAnswer.Read(reply.Body);
        if (answer.IdToken is null) return Reason.IdentityRefused;
        var checkedToken = await check.Run(answer.IdToken, passage.Nonce, stop);
        if (!checkedToken.Is(out var claims, out refusal)) return refusal;
        if (claims.Email is null && await AskMore(provider, answer, claims, stop) is { } more) claims = more;
        if (claims.Email is null || !claims.IsEmailVerified) return Reason.AddressNotProven;
        return EmailAddress.Parse(claims.Email).Match<Outcome<ProvenIdentity>>(
            email => new ProvenIdentity(settings.Google.Authority, claims.Subject, email),
            _ => Reason.AddressNotProven);
    }

    private Task<ProviderReply> Exchange(
        OpenIdConnectConfiguration provider, Passage passage, string code, CancellationToken stop)
    {
        var (id, secret) = (settings.Google.ClientId, settings.Google.ClientSecret!.Reveal());
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = RedirectUri,
            ["code_verifier"] = passage.Verifier.Reveal(),
        };
        // Basic is what every provider has to take unless it says otherwise (Discovery 3).
        var ways = provider.TokenEndpointAuthMethodsSupported;
        var isPost = ways.Contains("client_secret_post") && !ways.Contains("client_secret_basic");
        if (isPost) (form["client_id"], form["client_secret"]) = (id, secret);
        return client.Post(new Uri(provider.TokenEndpoint), form, isPost ? null : (id, secret), stop);
    }

    /// <summary>Some providers tell the address only when asked (Core 5.3); the subject has to be the same.</summary>
    private async Task<IdentityClaims?> AskMore(
        OpenIdConnectConfiguration provider, TokenAnswer answer, IdentityClaims claims, CancellationToken stop)
    {
        if (answer.AccessToken is null
            || !Uri.TryCreate(provider.UserInfoEndpoint, UriKind.Absolute, out var address)
            || !SettingsMistakes.IsSafe(address)) return null;
        if (await client.Get(address, answer.AccessToken, stop) is not { } body) return null;
        return IdentityClaims.Read(body) is { } more && more.Subject == claims.Subject ? more : null;
    }

    private sealed record TokenAnswer(string? IdToken, string? AccessToken)
    {
        public static TokenAnswer Read(string body)
        {
            try
            {
                using var json = JsonDocument.Parse(body);
                return new TokenAnswer(
                    IdentityClaims.Text(json, "id_token"), IdentityClaims.Text(json, "access_token"));
            }
            catch (JsonException)
            {
                return new TokenAnswer(null, null);
            }
        }
    }
}

/// <summary>What a browser is sent to the provider with.</summary>
/// <param name="State">Comes back with the browser.</param>
/// <param name="Nonce">Comes back in the ID token.</param>
/// <param name="Verifier">Shown only when the code is redeemed.</param>
public sealed record Passage(Secret State, string Nonce, Secret Verifier);
