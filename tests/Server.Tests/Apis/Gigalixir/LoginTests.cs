using System.Text;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>Logging in and out, in every encoding that clients use (wire 2.1, 3.1).</summary>
public sealed class LoginTests
{
    private const string Email = "fo+o@example.org";
    private const string Unauthorized = """{"errors":{"":["Unauthorized"]}}""";

    [Theory, EveryDatabase]
    public async Task Password_is_read_in_every_encoding(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        const string password = "p:a/s s%w+d \u00fc\u20ac";
        await server.SignUp(Email, password);
        string[] accepted =
        [
            Basic("fo%2Bo%40example.org", "p%3Aa/s%20s%25w%2Bd%20%C3%BC%E2%82%AC"),
            Basic("FO%2bo%40EXAMPLE.org", "p%3aa%2fs%20s%25w%2bd%20%c3%bc%e2%82%ac"),
            Basic(Email, password),
            Basic("fo%2Bo%40example.org", password),
            Basic(Email, "p:a/s s%w+d u\u0308\u20ac"),
            Basic(Email, password).Replace("Basic", "bAsIc", StringComparison.Ordinal),
            Basic(Email, password).Replace("Basic ", "basic    ", StringComparison.Ordinal),
        ];
        foreach (var header in accepted) Assert.Equal((header, 200), (header, await Status(server, header)));
    }

    [Theory, EveryDatabase]
    public async Task Plus_is_a_plus_and_an_escape_that_was_none_is_tried_as_it_stands(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.SignUp("ada@example.org", "100%41+real plus");
        Assert.Equal(200, await Status(server, Basic("ada@example.org", "100%41+real plus")));
        Assert.Equal(200, await Status(server, Basic("ada@example.org", "100%2541%2Breal%20plus")));
        Assert.Equal(401, await Status(server, Basic("ada@example.org", "100A+real plus")));
        Assert.Equal(401, await Status(server, Basic("ada@example.org", "100%2541 real plus")));
    }

    [Theory, EveryDatabase]
    public async Task Latin_1_is_read_where_it_is_no_UTF_8(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.SignUp("ada@example.org", "Stra\u00dfe \u00fcber");
        var bytes = Encoding.Latin1.GetBytes("ada@example.org:Stra\u00dfe \u00fcber");
        Assert.Equal(200, await Status(server, "Basic " + Convert.ToBase64String(bytes)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Basic")]
    [InlineData("Basic ")]
    [InlineData("Basic !!!!")]
    [InlineData("Basic YWRh")]
    [InlineData("Bearer YWRhOnB3")]
    [InlineData("Digest username=\"ada\"")]
    public async Task Header_that_is_none_is_refused_without_a_hash(string? header)
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var before = server.Hashing.Computed;
        var answer = await server.Call("GET /api/login", authorization: header);
        Assert.Equal((401, Unauthorized), (answer.Status, answer.Body));
        Assert.Equal("Basic realm=\"api\"", answer.Headers["WWW-Authenticate"]);
        Assert.Equal(before, server.Hashing.Computed);
    }

    [Theory, EveryDatabase]
    public async Task Identifier_that_can_be_none_is_answered_like_any_other(Engine engine)
    {
        await using var server = await TestServer.Start(engine, ("Limits:FailuresPerAddressIn5Minutes", "0"));
        var usual = (await server.LogIn("nobody@example.org", "a wrong password")).Shape;
        string[] identifiers =
        [
            "", " ", "ada", "a\0da@example.org", "\0", "ada@example.org\r\n", "\u212aim@example.org", "' OR 1=1 --",
            "\U0001f511", "%00", "\ufffd", new('a', 100_000), "ada@example.org@example.org", "\u2028", "$1", "{0}",
        ];
        foreach (var identifier in identifiers)
        {
            var answer = await server.LogIn(identifier, "a wrong password");
            Assert.Equal((identifier, usual), (identifier, answer.Shape));
        }

        foreach (var user in (string[])["a%00da", "\0", "%ED%A0%80", "\u00ff"])
            Assert.Equal((user, 401), (user, await Status(server, Basic(user, "a wrong password"))));
    }

    [Theory, EveryDatabase]
    public async Task Password_that_can_be_none_costs_no_hash(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.SignUp(Email);
        var before = server.Hashing.Computed;
        await Scenario.Run(server, "POST /api/login", [
            new("nothing", null, 422, "\"password\":[\"is required\"]"),
            new("empty", new { email = Email, password = "" }, 422, "\"password\":[\"is required\"]"),
            new("1025 bytes", new { email = Email, password = new string('x', 1025) }, 422, "at most 1024"),
            new("200 kB", new { email = Email, password = new string('x', 200_000) }, 422, "at most 1024"),
            new("1 MB", new { email = Email, password = new string('x', 1_000_000) }, 413, "too large"),
        ]);
        Assert.InRange(await Status(server, Basic(Email, new string('x', 20_000))), 400, 499);
        Assert.Equal(before, server.Hashing.Computed);
    }

    [Theory, EveryDatabase]
    public async Task Stale_key_is_not_looked_at_where_anybody_may_come(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        await server.Call("DELETE /api/login", authorization: ada.Basic);
        foreach (var stale in (string[])[ada.Basic, "Basic !!!!", "Bearer x", Basic(Email, "junk")])
        {
            Assert.Equal(200, (await server.Call(
                "POST /api/signup", new { email = "b@example.org" }, null, stale)).Status);
            Assert.Equal(200, (await server.Call(
                "PUT /api/users/reconfirm_email", new { email = "b@example.org" }, null, stale)).Status);
            Assert.Equal(200, (await server.Call("GET /api/validate_email?email=a@b.org", null, null, stale)).Status);
            Assert.Equal(422, (await server.Call("POST /api/users/confirm", new { }, null, stale)).Status);
            Assert.Equal(422, (await server.Call("POST /api/free_users", new { }, null, stale)).Status);
            Assert.Equal(200, (await server.Call(
                "POST /api/login", new { email = Email, password = ada.Password }, null, stale)).Status);
            server.Pass(TimeSpan.FromHours(1));
        }
    }

    [Theory, EveryDatabase]
    public async Task Each_login_has_a_key_of_its_own_and_ends_alone(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var second = (await server.LogIn(Email, ada.Password)).Data("key");
        Assert.NotEqual(ada.Key, second);
        Assert.Equal(200, (await server.Call("DELETE /api/login", authorization: ada.Basic)).Status);
        Assert.Equal(401, await server.StatusOfKey(Email, ada.Key));
        Assert.Equal(401, (await server.Call("DELETE /api/login", authorization: ada.Basic)).Status);
        Assert.Equal(200, await server.StatusOfKey(Email, second));
    }

    [Theory, EveryDatabase]
    public async Task Password_is_no_key(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var before = server.Hashing.Computed;
        Assert.Equal(401, await server.StatusOfKey(Email, ada.Password));
        Assert.Equal(before, server.Hashing.Computed);
        Assert.Equal(401, await Status(server, ada.Basic));
    }

    private static string Basic(string user, string password) => SignUpSteps.Basic(user, password);

    private static async Task<int> Status(TestServer server, string authorization) =>
        (await server.Call("GET /api/login", authorization: authorization)).Status;
}
