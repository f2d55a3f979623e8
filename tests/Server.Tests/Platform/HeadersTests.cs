using Gatehouse.Data;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static System.StringComparison;

namespace Gatehouse.Tests.Platform;

/// <summary>Every answer carries the security headers, errors included (T81, T84).</summary>
public sealed class HeadersTests
{
    private const string Email = "ada@example.org";

    private const string PagePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; "
        + "require-trusted-types-for 'script'";

    [Theory, EveryDatabase]
    public async Task Every_answer_has_them(Engine engine)
    {
        await using var server = await TestServer.Start(engine, ("Accounts:Hashing:Queue", "0"));
        var ada = await server.SignUp(Email);
        AssertSafe(200, await server.Call("GET /api/users", authorization: ada.Basic));
        AssertSafe(401, await server.Call("GET /api/users"));
        AssertSafe(404, await server.Call("GET /api/nowhere"));
        AssertSafe(404, await server.Call("GET /nowhere"));
        AssertSafe(404, await server.Call("POST /dev/clock", new { advance = "1.00:00:00" }));
        AssertSafe(405, await server.Call("PATCH /api/login"));
        AssertSafe(405, await server.Call("TRACE /api/login"));
        AssertSafe(413, await server.Call("POST /api/signup", new string(' ', 300_000)));
        AssertSafe(422, await server.Call("POST /api/signup", "{}"));
        AssertSafe(400, await server.Call("POST /api/signup", "{"));
        AssertSafe(200, await server.Call("GET /healthz"));
        AssertSafe(503, await server.Call("GET /readyz"));
        AssertSafe(200, await server.Call("GET /openapi.json"));
        for (var i = 0; i < 5; i++) await server.LogIn(Email, "a wrong password");
        AssertSafe(429, await server.LogIn(Email, "a wrong password"));
    }

    [Theory, EveryDatabase]
    public async Task Fault_of_our_own_says_nothing_but_a_reference(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.Ask<Db, int>(db => db.Database.ExecuteSqlAsync($"ALTER TABLE sign_ups RENAME TO gone"));
        var answer = await server.Call("POST /api/signup", new { email = Email });
        AssertSafe(500, answer);
        var reference = answer.Headers["X-Request-Id"];
        Assert.Equal(
            $$$"""{"errors":{"":["Something went wrong on our side. Reference: {{{reference}}}."]}}""", answer.Body);
    }

    [Costly, Fact]
    public async Task Database_that_is_out_of_reach_is_503_in_the_envelope()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var ada = await server.SignUp(Email);
        await using var db = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={server.Database.File}");
        await db.OpenAsync();
        await using var command = db.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        var answer = await server.Call("POST /api/login", new { email = ada.Email, password = "a wrong password" });
        AssertSafe(503, answer);
        Assert.NotEqual(0, answer.RetryAfter);
        Assert.StartsWith("{\"errors\":{\"\":[", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strict_transport_is_asked_for_over_https_only()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var plain = await server.Call("GET /healthz");
        Assert.DoesNotContain("Strict-Transport-Security", plain.Headers.Keys);
        var secure = await server.Call(
            "GET /healthz", null, "203.0.113.7", null, ("X-Forwarded-Proto", "https"));
        Assert.Equal("max-age=63072000; includeSubDomains", secure.Headers["Strict-Transport-Security"]);
    }

    private static void AssertSafe(int status, Answer answer)
    {
        Assert.Equal(status, answer.Status);
        var isPage = answer.Headers.GetValueOrDefault("Content-Type")?.StartsWith("text/html", Ordinal) == true;
        (string Name, string Value)[] expected =
        [
            ("Content-Security-Policy", isPage ? PagePolicy : "default-src 'none'; frame-ancestors 'none'"),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Cache-Control", "no-store"),
        ];
        Assert.All(expected, header => Assert.Equal(header.Value, answer.Headers.GetValueOrDefault(header.Name)));
        Assert.True(answer.Headers.ContainsKey("X-Request-Id") && answer.Headers.ContainsKey("Permissions-Policy"));
        Assert.All(
            ["Server", "X-Powered-By", "Set-Cookie", "Location"],
            name => Assert.False(answer.Headers.ContainsKey(name)));
    }
}
