using System.Globalization;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Temporal;

/// <summary>Pages of other origins (wire 1.3; T82), and the headers of every reply (wire 1.4).</summary>
public sealed class CorsTests
{
    private const string Origin = "https://app.example.org";

    [Theory, EveryDatabase]
    public async Task Preflight_allows_what_is_known_and_nothing_else(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        foreach (var (method, headers, isAllowed) in new (string, string?, bool)[]
        {
            ("POST", "cache-control", true), ("POST", "authorization,cache-control", true), ("GET", null, true),
            ("GET", "Authorization, Cache-Control, Content-Type, X-Requested-With", true), ("DELETE", "", true),
            ("PUT", "x-request-id, origin, accept, user-agent", true), ("HEAD", null, true), ("OPTIONS", null, true),
            ("PATCH", null, false), ("TRACE", null, false), ("POST", "x-requested-with, cookie", false),
            ("post", null, false), ("POST", "x-evil", false),
            ("POST", "cache-control, x-evil", false),
        })
        {
            var answer = await Preflight(server, Origin, method, headers);
            Assert.Equal((200, ""), (answer.Status, answer.Body));
            Assert.Equal(
                "Origin, Access-Control-Request-Method, Access-Control-Request-Headers", answer.Headers["Vary"]);
            Assert.Equal(isAllowed ? "*" : null, answer.Headers.GetValueOrDefault("Access-Control-Allow-Origin"));
            Assert.Equal(isAllowed ? method : null, answer.Headers.GetValueOrDefault("Access-Control-Allow-Methods"));
            Assert.False(answer.Headers.ContainsKey("Access-Control-Allow-Credentials"));
            var expected = isAllowed ? headers?.ToLowerInvariant().Replace(" ", "").Replace(",", ", ") ?? "" : "";
            Assert.Equal(expected, answer.Headers.GetValueOrDefault("Access-Control-Allow-Headers", ""));
        }
    }

    [Theory, EveryDatabase]
    public async Task Every_reply_can_be_read_by_other_origins(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        foreach (var what in (string[])["GET /v2/systems/check", "GET /v2/nothing", "POST /v2/auth/login",
            "GET /v2/account/usage", "DELETE /v2/auth/login"])
        {
            var answer = await server.Call(what, headers: ("Origin", Origin));
            Assert.Equal(("*", "Origin"), (answer.Headers["Access-Control-Allow-Origin"], answer.Headers["Vary"]));
            Assert.False(answer.Headers.ContainsKey("Access-Control-Allow-Credentials"));
            Assert.False(answer.Headers.ContainsKey("Set-Cookie"));
            var plain = await server.Call(what);
            Assert.Equal("Origin", plain.Headers["Vary"]);
            Assert.False(plain.Headers.ContainsKey("Access-Control-Allow-Origin"));
        }
    }

    [Theory, EveryDatabase]
    public async Task Every_reply_has_a_UUID_of_its_own(Engine engine)
    {
        await using var server = await TestServer.Start(engine, ("Limits:V2RequestsPerAddress", "4"));
        string[] asked = ["GET /v2/systems/check", "GET /v2/nothing", "POST /v2/auth/login", "GET /v2/account/usage"];
        var answers = new List<Answer> { await Preflight(server, Origin, "POST", "cache-control") };
        foreach (var what in (string[])[.. asked, "GET /v2/systems/check"])
            answers.Add(await server.Call(what, headers: ("X-Request-Id", "mine")));
        Assert.Equal([200, 200, 404, 400, 401, 429], answers.Select(answer => answer.Status));
        var ids = answers.Select(answer => answer.Headers["X-Request-Id"]).ToList();
        Assert.All(ids, id => Assert.Matches("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", id));
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory, EveryDatabase]
    public async Task Only_listed_origins_are_allowed_where_there_is_a_list(Engine engine)
    {
        await using var server = await TestServer.Start(
            engine, ("Cors:AllowedOrigins:0", Origin), ("Cors:AllowedOrigins:1", "http://127.0.0.1:3000"));
        foreach (var origin in (string[])["null", "https://evil.example", "https://app.example.org.evil.example",
            "http://app.example.org", "https://app.example.org:8443", "https://APP.example.org",
            "https://app.example.org/", "https://evil-app.example.org", "file://", "*", "https://example.org",
            "https://a.app.example.org", "https://app.example.org.", "https://app.example.org@evil.example",
            "https://app.example.org,https://evil.example", "http://127.0.0.1", "http://127.0.0.1:30000",
            "http://localhost:3000", "https://app.example.orgevil.example", "app.example.org"])
        {
            var preflight = await Preflight(server, origin, "POST", null);
            var actual = await server.Call("GET /v2/systems/check", headers: ("Origin", origin));
            foreach (var answer in (Answer[])[preflight, actual])
            {
                Assert.Equal(200, answer.Status);
                Assert.False(answer.Headers.ContainsKey("Access-Control-Allow-Origin"));
                Assert.False(answer.Headers.ContainsKey("Access-Control-Allow-Methods"));
            }
        }

        Assert.Equal(Origin, (await Preflight(server, Origin, "GET", null)).Headers["Access-Control-Allow-Origin"]);
        var listed = await server.Call("GET /v2/systems/check", headers: ("Origin", "http://127.0.0.1:3000"));
        Assert.Equal("http://127.0.0.1:3000", listed.Headers["Access-Control-Allow-Origin"]);
    }

    [Theory, EveryDatabase]
    public async Task Requests_are_counted_for_each_address(Engine engine)
    {
        await using var server = await TestServer.Start(engine, ("Limits:V2RequestsPerAddress", "3"));
        var end = new DateTimeOffset(server.Now.AddHours(1)).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        string[] paths = ["GET /v2/systems/check", "GET /v2/nothing", "POST /v2/auth/login"];
        for (var i = 0; i < paths.Length; i++)
        {
            var answer = await server.Call(paths[i], from: "203.0.113.7");
            Assert.NotEqual(429, answer.Status);
            Assert.Equal($"3 {2 - i} {end}", Standing(answer));
            Assert.True(answer.Headers.ContainsKey("X-Request-Id"));
        }

        var over = await server.Call("GET /v2/systems/check", from: "203.0.113.7", headers: ("Origin", Origin));
        Assert.Equal("""429 {"code":429,"response":"Limit exceeded"}""", over.ToString());
        Assert.Equal((3600, $"3 0 {end}"), (over.RetryAfter, Standing(over)));
        Assert.Equal("*", over.Headers["Access-Control-Allow-Origin"]);
        Assert.Equal(200, (await server.Call("GET /v2/systems/check", from: "203.0.113.8")).Status);
        server.Pass(TimeSpan.FromHours(1));
        var next = await server.Call("GET /v2/systems/check", from: "203.0.113.7");
        Assert.StartsWith("3 2 ", Standing(next), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Headers_stay_when_the_limit_is_off(Engine engine)
    {
        await using var server = await TestServer.Start(engine, ("Limits:V2RequestsPerAddress", "0"));
        var answer = await server.Call("GET /v2/systems/check");
        Assert.Equal("2147483647", answer.Headers["X-RateLimit-Remaining"]);
        Assert.Equal(200, answer.Status);
    }

    private static string Standing(Answer answer) => string.Join(
        ' ', from name in (string[])["Limit", "Remaining", "Reset"] select answer.Headers[$"X-RateLimit-{name}"]);

    private static Task<Answer> Preflight(TestServer server, string origin, string method, string? headers)
    {
        List<(string, string)> asked = [("Origin", origin), ("Access-Control-Request-Method", method)];
        if (headers is not null) asked.Add(("Access-Control-Request-Headers", headers));
        return server.Call("OPTIONS /v2/auth/register", headers: asked);
    }
}
