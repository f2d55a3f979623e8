using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Temporal;

/// <summary>What is in a token, and how long it works (wire 2; T73).</summary>
public sealed class TokenTests
{
    private const string Expired = """401 {"code":401,"message":"Token is expired"}""";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    [Theory, EveryDatabase]
    public async Task Token_says_who_and_until_when(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        server.Pass(TimeSpan.FromMilliseconds(700));
        var ada = await Member.Join(server);
        var (header, claims) = (Forge.Of(ada.Token).Header, Forge.Of(ada.Token).Claims);
        Assert.Equal(["alg", "kid", "typ"], header.Select(field => field.Key));
        Assert.Equal("ES256 JWT", $"{header["alg"]} {header["typ"]}");
        string[] names = ["id", "exp", "orig_iat", "iss", "sub", "iat", "jti", "sid", "ver"];
        Assert.Equal(names, claims.Select(claim => claim.Key));
        var now = new DateTimeOffset(server.Now).ToUnixTimeSeconds();
        Assert.Equal(("ada", TestServer.PublicUrl), ($"{claims["id"]}", $"{claims["iss"]}"));
        Assert.Equal((now, now), (claims["iat"]!.GetValue<long>(), claims["orig_iat"]!.GetValue<long>()));
        Assert.Equal(now + 86_400, claims["exp"]!.GetValue<long>());
        var byAddress = Forge.Of(await Member.TokenOf(server, ada.Email));
        Assert.Equal("ada", $"{byAddress.Claims["id"]}");
        Assert.DoesNotContain(ada.Email, Forge.Of(ada.Token).Claims.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Whoever_has_the_published_key_can_check_a_token(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Member.Unconfirmed(server);
        var published = await server.Call("GET /.well-known/jwks.json");
        Assert.Equal("public, max-age=300", published.Headers["Cache-Control"]);
        var key = JsonDocument.Parse(published.Body).RootElement.GetProperty("keys").EnumerateArray().Single();
        string[] names = ["kty", "crv", "x", "y", "kid", "alg", "use"];
        Assert.Equal(names, key.EnumerateObject().Select(field => field.Name));
        var (x, y) = (key.GetProperty("x").GetString(), key.GetProperty("y").GetString());
        var thumbprint = SHA256.HashData(
            Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}"""));
        Assert.Equal(Base64Url.EncodeToString(thumbprint), key.GetProperty("kid").GetString());
        Assert.Equal(key.GetProperty("kid").GetString(), $"{Forge.Of(ada.Token).Header["kid"]}");
        using var ecdsa = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(x), Y = Base64Url.DecodeFromChars(y) },
        });
        var cut = ada.Token.LastIndexOf('.');
        Assert.True(ecdsa.VerifyData(
            Encoding.ASCII.GetBytes(ada.Token[..cut]),
            Base64Url.DecodeFromChars(ada.Token.AsSpan(cut + 1)),
            HashAlgorithmName.SHA256));
    }

    [Theory, EveryDatabase]
    public async Task Token_works_for_24_hours_and_not_a_second_longer(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Member.Unconfirmed(server);
        server.Pass(Day - Second);
        Assert.StartsWith("200", await ada.Standing(), StringComparison.Ordinal);
        server.Pass(Second);
        Assert.Equal(Expired, await ada.Standing());
        server.Pass(Second);
        await server.RunJobs();
        Assert.Equal(Expired, await ada.Standing());
    }

    [Theory, EveryDatabase]
    public async Task Refreshing_keeps_the_login_and_ends_a_day_after_it(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Member.Unconfirmed(server);
        server.Pass(TimeSpan.FromHours(23));
        var fresh = await ada.Call("GET /v2/auth/refresh");
        Assert.StartsWith("""{"expire":"2027-06-17T09:00:00Z","token":"ey""", fresh.Body, StringComparison.Ordinal);
        var later = ada with { Token = fresh.Text("token") };
        var (before, after) = (Forge.Of(ada.Token).Claims, Forge.Of(later.Token).Claims);
        foreach (var kept in (string[])["id", "orig_iat", "iss", "sub", "sid", "ver"])
            Assert.Equal(before[kept]!.ToJsonString(), after[kept]!.ToJsonString());
        Assert.NotEqual(before["jti"]!.ToJsonString(), after["jti"]!.ToJsonString());
        Assert.Equal(before["exp"]!.GetValue<long>() + 23 * 3600, after["exp"]!.GetValue<long>());

        server.Pass(TimeSpan.FromHours(2));
        await server.RunJobs();
        Assert.Equal(Expired, await ada.Standing());
        Assert.Equal(Expired, (await ada.Call("GET /v2/auth/refresh")).ToString());
        Assert.StartsWith("200", await later.Standing(), StringComparison.Ordinal);
        var refused = await later.Call("GET /v2/auth/refresh");
        Assert.Equal("""401 {"code":401,"message":"Token is expired."}""", refused.ToString());
        Assert.Contains("JWT realm=", refused.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }

    /// <summary>Both nodes, two accounts, all at once (T78).</summary>
    [Theory, EveryDatabase]
    public async Task Refreshing_at_once_gives_everyone_a_token_of_their_own_login(Engine engine)
    {
        await using var server = await TestServer.Start(engine, ("Limits:V2RequestsPerAddress", "0"));
        await using var twin = await server.StartTwin(("Limits:V2RequestsPerAddress", "0"));
        Member[] members = [await Member.Unconfirmed(server), await Member.Unconfirmed(server, "bob", "b@example.org")];
        for (var round = 0; round < Soak.Times(10, 1000); round++)
        {
            var asked = Enumerable.Range(0, 8).Select(i => (Member: members[i % 2], Node: i < 4 ? server : twin));
            await Task.WhenAll(asked.Select(async turn =>
            {
                var answer = await turn.Member.Call("GET /v2/auth/refresh", node: turn.Node);
                var (before, after) = (Forge.Of(turn.Member.Token).Claims, Forge.Of(answer.Text("token")).Claims);
                foreach (var kept in (string[])["id", "sub", "sid"])
                    Assert.Equal(before[kept]!.ToJsonString(), after[kept]!.ToJsonString());
            }));
        }
    }

    [Theory, EveryDatabase]
    public async Task Expiry_in_the_reply_is_the_one_in_the_token(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await Member.Unconfirmed(server);
        server.Pass(TimeSpan.FromMilliseconds(1234));
        var login = await Member.LogIn(server, "ada");
        var expire = DateTimeOffset.Parse(login.Text("expire"), CultureInfo.InvariantCulture);
        Assert.Equal(expire.ToUnixTimeSeconds(), Forge.Of(login.Text("token")).Claims["exp"]!.GetValue<long>());
        Assert.Matches("^2027-06-16T10:00:[0-9]{2}Z$", login.Text("expire"));
    }
}
