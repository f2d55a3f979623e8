using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Configuration;

namespace Gatehouse.Tests.Harness;

/// <summary>Somebody with an account at the provider.</summary>
/// <param name="Subject">Who it is.</param>
/// <param name="Email">The address there.</param>
public sealed record ProviderUser(string Subject, string Email)
{
    /// <summary>What the provider says of the address; any JSON value.</summary>
    public JsonNode? Verified { get; init; } = JsonValue.Create(true);
}

/// <summary>
/// An OpenID provider on loopback that keeps to the rules until a test tells it not to: it asks for its client's
/// secret, for the verifier of each code, and gives every code away once.
/// </summary>
public sealed class FakeProvider : IAsyncDisposable
{
    public const string ClientId = "gatehouse-at-test";
    public const string ClientSecret = "canary-client-secret-7Gd";

    private readonly ConcurrentDictionary<string, (Dictionary<string, string> Asked, ProviderUser User)> codes = new();
    private readonly WebApplication app;
    private int looks;

    private FakeProvider(WebApplication app) => this.app = app;

    public string Issuer => app.Urls.First();

    /// <summary>What it calls itself in its discovery document; null for the truth.</summary>
    public string? ClaimedIssuer { get; set; }

    /// <summary>What time it is there.</summary>
    public DateTime Now { get; set; } = TestServer.Beginning.UtcDateTime;

    /// <summary>Changes what an ID token says.</summary>
    public Action<JsonObject>? Twist { get; set; }

    /// <summary>Changes the ID token as it is sent.</summary>
    public Func<string, string>? TwistToken { get; set; }

    /// <summary>Answers every request so instead; 0 for as it should, -1 for never.</summary>
    public int Fault { get; set; }

    /// <summary>Tells the address only when asked with the access token.</summary>
    public bool TellsAddressLater { get; set; }

    /// <summary>How often somebody looked what it publishes, whatever came of it.</summary>
    public int Looks => looks;

    /// <summary>Names an encoding that there is not.</summary>
    public bool NamesNoEncoding { get; set; }

    /// <summary>The key it signs with.</summary>
    public RSA Key { get; set; } = RSA.Create(2048);

    /// <summary>The key it publishes; null for the one it signs with.</summary>
    public RSA? PublishedKey { get; set; }

    /// <summary>The name of its key; null for none, in its tokens and where it publishes it.</summary>
    public string? KeyId { get; set; } = "first";

    /// <summary>Publishes a second key beside it.</summary>
    public RSA? OtherKey { get; set; }

    /// <summary>The settings of a server that logs in here.</summary>
    public (string Name, string Value)[] Settings =>
        [("Google:ClientId", ClientId), ("Google:ClientSecret", ClientSecret), ("Google:Authority", Issuer)];

    public static async Task<FakeProvider> Start()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = ["--urls=http://127.0.0.1:0", "--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.Configuration.AddInMemoryCollection(
            [KeyValuePair.Create("Logging:LogLevel:Default", (string?)"None")]);
        var provider = new FakeProvider(builder.Build());
        provider.Map();
        await provider.app.StartAsync();
        return provider;
    }

    /// <summary>
    /// Somebody agrees on the provider's page: the path on our server that the browser is sent back to.
    /// </summary>
    public string Agree(string address, ProviderUser user)
    {
        var asked = QueryHelpers.ParseQuery(new Uri(address).Query)
            .ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        var code = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        codes[code] = (asked, user);
        return $"/oauth/callback?code={code}&state={Uri.EscapeDataString(asked["state"])}"
            + $"&iss={Uri.EscapeDataString(Issuer)}";
    }

    /// <summary>Somebody does not.</summary>
    public static string Deny(string address) =>
        $"/oauth/callback?error=access_denied&state={QueryHelpers.ParseQuery(new Uri(address).Query)["state"]}";

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private void Map()
    {
        app.Use(async (http, next) =>
        {
            if (http.Request.Path.StartsWithSegments("/.well-known", StringComparison.Ordinal))
                Interlocked.Increment(ref looks);
            if (NamesNoEncoding) http.Response.OnStarting(NameNoEncoding, http.Response);
            if (Fault == -1) await Never(http.RequestAborted);
            else if (Fault != 0) http.Response.StatusCode = Fault;
            else await next(http);
        });
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = ClaimedIssuer ?? Issuer,
            authorization_endpoint = $"{Issuer}/authorize",
            token_endpoint = $"{Issuer}/token",
            userinfo_endpoint = $"{Issuer}/userinfo",
            jwks_uri = $"{Issuer}/keys",
        }));
        app.MapGet("/keys", () =>
        {
            var keys = new JsonArray(Published(PublishedKey ?? Key, KeyId));
            if (OtherKey is not null) keys.Add(Published(OtherKey, name: null));
            return Results.Text(new JsonObject { ["keys"] = keys }.ToJsonString(), "application/json");
        });
        app.MapPost("/token", (Delegate)Redeem);
        app.MapGet("/userinfo", (HttpContext http) =>
        {
            var user = codes[http.Request.Headers.Authorization.ToString()["Bearer ".Length..]].User;
            return Results.Text(
                new JsonObject
                {
                    ["sub"] = user.Subject,
                    ["email"] = user.Email,
                    ["email_verified"] = user.Verified?.DeepClone(),
                }.ToJsonString(),
                "application/json");
        });
    }

    private static JsonObject Published(RSA key, string? name)
    {
        var numbers = key.ExportParameters(includePrivateParameters: false);
        var published = new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["n"] = Base64Url.EncodeToString(numbers.Modulus),
            ["e"] = Base64Url.EncodeToString(numbers.Exponent),
        };
        if (name is not null) published["kid"] = name;
        return published;
    }

    private async Task<IResult> Redeem(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        var basic = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{ClientSecret}"))}";
        var code = form["code"].ToString();
        if (http.Request.Headers.Authorization != basic || !codes.TryRemove(code, out var given)) return Refuse();
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"]!)));
        var asked = given.Asked;
        // A verifier where no challenge was shown is refused as well (RFC 9700 2.1.1).
        if (asked.GetValueOrDefault("code_challenge_method") != "S256"
            || asked.GetValueOrDefault("code_challenge") != challenge
            || asked["redirect_uri"] != form["redirect_uri"]) return Refuse();
        var token = Sign(ClaimsOf(asked, given.User));
        // The access token is the code again, which is no code any more.
        codes[$"access-{code}"] = given;
        return Results.Json(new
        {
            id_token = TwistToken?.Invoke(token) ?? token,
            access_token = $"access-{code}",
            token_type = "Bearer",
        });
    }

    private static Task NameNoEncoding(object response)
    {
        ((HttpResponse)response).ContentType = "application/json; charset=bogus";
        return Task.CompletedTask;
    }

    /// <summary>Ends when the client gives up.</summary>
    private static async Task Never(CancellationToken aborted)
    {
        var end = new TaskCompletionSource();
        await using var ended = aborted.Register(end.SetResult);
        await end.Task;
    }

    private static IResult Refuse() => Results.Json(new { error = "invalid_grant" }, statusCode: 400);

    private JsonObject ClaimsOf(Dictionary<string, string> asked, ProviderUser user)
    {
        var now = new DateTimeOffset(Now).ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["aud"] = ClientId,
            ["sub"] = user.Subject,
            ["nonce"] = asked["nonce"],
            ["iat"] = now,
            ["exp"] = now + 3600,
        };
        if (!TellsAddressLater)
            (claims["email"], claims["email_verified"]) = (user.Email, user.Verified?.DeepClone());
        Twist?.Invoke(claims);
        return claims;
    }

    /// <summary>A token with the signature of its key.</summary>
    public string Sign(JsonObject claims)
    {
        var header = new JsonObject { ["alg"] = "RS256", ["typ"] = "JWT" };
        if (KeyId is not null) header["kid"] = KeyId;
        var covered = $"{Write(header)}.{Write(claims)}";
        var signature = Key.SignData(
            Encoding.ASCII.GetBytes(covered), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{covered}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>A part of a token.</summary>
    public static string Write(JsonObject part) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
