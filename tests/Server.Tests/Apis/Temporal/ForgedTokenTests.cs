using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gatehouse.Platform;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Temporal;

/// <summary>Tokens that nobody but us may make (T70, T71).</summary>
public sealed class ForgedTokenTests
{
    private const string Algorithm = "invalid signing algorithm";
    private const string Signature = "signature is invalid";
    private const string Garbage = "illegal base64 data or JSON in token";
    private const string Revoked = "token has been revoked";
    private const string Segments = "token contains an invalid number of segments";

    [Theory, EveryDatabase]
    public async Task Forged_token_is_refused_in_the_words_of_the_wire(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Member.Unconfirmed(server);
        var real = Forge.Of(ada.Token);
        var published = await PublishedKey(server);
        var wrong = new List<string>();
        foreach (var (name, token, expected) in Forgeries(real, ada.Token, published))
        {
            var answer = await (ada with { Token = token }).Call("GET /v2/account/token/username");
            if (answer.ToString() != $$"""401 {"code":401,"message":"{{expected}}"}""") wrong.Add($"{name}: {answer}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal("""200 {"code":200,"response":"ada"}""", await ada.Standing());
    }

    /// <summary>
    /// Behind the signature there are more walls; a right one shows that each of them stands by itself.
    /// </summary>
    [Theory, EveryDatabase]
    public async Task Right_signature_does_not_help_under_a_wrong_header_or_with_wrong_claims(Engine engine)
    {
        await using var server = await TestServer.Start(engine, ("Limits:SignUpsPerAddress", "0"));
        var (ada, bob) = (await Member.Unconfirmed(server), await Member.Unconfirmed(server, "bob", "b@example.org"));
        var key = await server.Ask<TokenKeys, TokenKey>(keys => keys.Signer(CancellationToken.None));
        var (real, bobs) = (Forge.Of(ada.Token), Forge.Of(bob.Token));
        using var outside = new TcpListener(IPAddress.Loopback, 0);
        outside.Start();
        var address = $"http://{outside.LocalEndpoint}/jwks.json";
        var now = new DateTimeOffset(server.Now).ToUnixTimeSeconds();
        List<(Forge Token, int Status, string Expected)> forgeries =
        [
            .. ((string[])["none", "HS256", "ES384", "RS256", ""])
                .Select(other => (real.WithHeader(("alg", other)), 401, Algorithm)),
            .. ((string?[])[null, "", address, "../../data/master.key", "' OR 1=1 --", key.Name, $"{key.Id}=", "\0"])
                .Select(kid => (real.WithHeader(("kid", kid), ("jku", address), ("x5u", address)), 401, Signature)),
            (real.WithClaims(("exp", now)), 401, "Token is expired"),
            (real.WithClaims(("exp", now - 1)), 401, "Token is expired"),
            (real.WithClaims(("ver", 1)), 401, Revoked),
            (real.WithClaims(("sid", $"{Guid.Empty}")), 401, Revoked),
            (real.WithClaims(("sid", $"{bobs.Claims["sid"]}")), 401, Revoked),
            (real.WithClaims(("sub", $"{bobs.Claims["sub"]}")), 401, Revoked),
            (real.WithClaims(("sub", $"{Guid.Empty}")), 403, "You don't have permission to access."),
        ];
        var again = ada with { Token = real.SignedBy(key) };
        Assert.Equal("""200 {"code":200,"response":"ada"}""", await again.Standing());
        foreach (var (forged, status, expected) in forgeries)
        {
            foreach (var what in (string[])["GET /v2/account/token/username", "GET /v2/auth/refresh"])
            {
                var answer = await (ada with { Token = forged.SignedBy(key) }).Call(what);
                var told = $$"""{{status}} {"code":{{status}},"message":"{{expected}}"}""";
                Assert.Equal((forged.Header.ToJsonString(), told), (forged.Header.ToJsonString(), answer.ToString()));
            }
        }

        Assert.False(outside.Pending(), "A header made the server ask somebody.");
    }

    [Theory, EveryDatabase]
    public async Task Header_has_to_be_exactly_right(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Member.Unconfirmed(server);
        foreach (var (header, expected) in new (string?, string)[]
        {
            (null, "auth header empty"),
            ($"bearer {ada.Token}", "invalid auth header"),
            ($"Bearer  {ada.Token}", "invalid auth header"),
            ($"JWT {ada.Token}", "invalid auth header"),
            ($"Basic {ada.Token}", "invalid auth header"),
            ($"Bearer{ada.Token}", "invalid auth header"),
            ($"Bearer {ada.Token} {ada.Token}", "invalid auth header"),
            ("Bearer x", Segments),
        })
        {
            foreach (var what in (string[])["GET /v2/account/usage", "GET /v2/auth/refresh"])
            {
                var answer = await server.Call(what, authorization: header);
                Assert.Equal($$"""401 {"code":401,"message":"{{expected}}"}""", answer.ToString());
                Assert.Equal("JWT realm=Gatehouse", answer.Headers["WWW-Authenticate"]);
            }
        }
    }

    private static IEnumerable<(string Name, string Token, string Expected)> Forgeries(
        Forge real, string token, JsonElement published)
    {
        foreach (var none in (string[])["none", "None", "NONE", "nOnE", ""])
        {
            yield return ($"alg {none}", real.WithHeader(("alg", none)).Signed([]), Algorithm);
            yield return ($"alg {none}, signature kept", real.WithHeader(("alg", none)).Unsigned, Algorithm);
        }

        foreach (var (name, secret) in Secrets(published))
            yield return ($"HS256 with {name}", real.WithHeader(("alg", "HS256")).Hashed(secret), Algorithm);
        foreach (var other in (string[])["HS256", "HS512", "RS256", "PS256", "ES384", "ES512", "EdDSA", "es256"])
            yield return ($"alg {other}", real.WithHeader(("alg", other)).Unsigned, Algorithm);
        foreach (var forgery in OtherKeys(real)) yield return forgery;
        foreach (var forgery in EditedClaims(real)) yield return forgery;
        foreach (var forgery in BrokenForms(token)) yield return forgery;
    }

    private static IEnumerable<(string, byte[])> Secrets(JsonElement published)
    {
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Bytes(published, "x"), Y = Bytes(published, "y") },
        });
        yield return ("the PEM", Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem()));
        yield return ("the DER", key.ExportSubjectPublicKeyInfo());
        yield return ("the JWK", Encoding.ASCII.GetBytes(published.GetRawText()));
        yield return ("nothing", []);
    }

    private static IEnumerable<(string, string, string)> OtherKeys(Forge real)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var (sha, plain) = (HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        yield return ("another key", real.SignedBy(own, sha, plain), Signature);
        yield return ("another curve", real.SignedBy(curve, sha, plain), Signature);
        yield return ("DER signature", real.SignedBy(own, sha, DSASignatureFormat.Rfc3279DerSequence), Signature);
        yield return ("r = s = 0", real.Signed(new byte[64]), Signature);
        yield return ("no signature", real.Signed([]), Signature);
        foreach (var kid in (string[])["", "../../../etc/passwd", "https://evil.example/jwks.json", "' OR 1=1 --",
            "token-key 000001", "\0", new('A', 43), new('A', 2000)])
        {
            var forged = real.WithHeader(("kid", kid), ("jku", "https://evil.example/jwks.json"));
            yield return ($"kid {kid}", forged.SignedBy(own, sha, plain), Signature);
        }

        yield return ("no kid", real.WithHeader(("kid", null)).SignedBy(own, sha, plain), Signature);
        yield return ("own jwk", real.WithHeader(("jwk", Jwk(own))).SignedBy(own, sha, plain), Signature);
        yield return ("x5u", real.WithHeader(("x5u", "https://evil.example/")).SignedBy(own, sha, plain), Signature);
        yield return ("crit", real.WithHeader(("crit", new JsonArray("b64")), ("b64", false)).Unsigned, Signature);
    }

    private static IEnumerable<(string, string, string)> EditedClaims(Forge real)
    {
        var later = real.Claims["exp"]!.GetValue<long>() + 1;
        yield return ("exp", real.WithClaims(("exp", later)).Unsigned, Signature);
        yield return ("id", real.WithClaims(("id", "root")).Unsigned, Signature);
        yield return ("sub", real.WithClaims(("sub", Guid.Empty.ToString())).Unsigned, Signature);
        yield return ("ver", real.WithClaims(("ver", 1)).Unsigned, Signature);
        yield return ("expired and edited", real.WithClaims(("exp", 1)).Unsigned, Signature);
        yield return ("typ", real.WithHeader(("typ", "at+jwt")).Unsigned, Signature);
    }

    private static IEnumerable<(string, string, string)> BrokenForms(string token)
    {
        var parts = token.Split('.');
        var twice = Base64Url.EncodeToString("""{"alg":"ES256","alg":"none","typ":"JWT"}"""u8);
        yield return ("two parts", $"{parts[0]}.{parts[1]}", Segments);
        yield return ("four parts", $"{token}.x", Segments);
        yield return ("no header", $".{parts[1]}.{parts[2]}", Garbage);
        yield return ("header no base64", $"!!!.{parts[1]}.{parts[2]}", Garbage);
        yield return ("header no JSON", $"eHh4.{parts[1]}.{parts[2]}", Garbage);
        yield return ("alg twice", $"{twice}.{parts[1]}.{parts[2]}", Garbage);
        yield return ("padding", $"{parts[0]}.{parts[1]}.{parts[2]}==", Signature);
        yield return ("loose bits", $"{token[..^1]}{(token[^1] == 'B' ? 'C' : (char)(token[^1] + 1))}", Signature);
        yield return ("too long", $"{parts[0]}.{new string('A', 5000)}.{parts[2]}", Garbage);
    }

    private static JsonObject Jwk(ECDsa key)
    {
        var point = key.ExportParameters(false).Q;
        return new JsonObject
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["x"] = Base64Url.EncodeToString(point.X),
            ["y"] = Base64Url.EncodeToString(point.Y),
        };
    }

    private static async Task<JsonElement> PublishedKey(TestServer server) =>
        JsonDocument.Parse((await server.Call("GET /.well-known/jwks.json")).Body).RootElement.GetProperty("keys")[0];

    private static byte[] Bytes(JsonElement key, string name) =>
        Base64Url.DecodeFromChars(key.GetProperty(name).GetString());
}
