using System.Text;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>A body that is not what it should be is refused in the envelope and changes nothing (T18).</summary>
public sealed class MalformedBodyTests
{
    private static readonly string[] Routes =
    [
        "POST /api/signup", "POST /api/free_users", "POST /api/users/confirm", "PUT /api/users/reconfirm_email",
        "POST /api/login",
    ];

    private static readonly string[] Fields =
        ["email", "password", "uuid", "confirmation_code", "token", "code", "tier"];

    private static readonly string[] WrongValues =
        ["[\"ada@example.org\"]", "{\"a\":1}", "0", "1e999", "true", "[]", "{}"];

    private static readonly string[] WrongBodies =
    [
        "null", "[]", "0", "\"text\"", "true", "{", "}", "{}{}", "{\"email\"}", "{\"email\":}", "{'email':'x'}",
        "{\"email\":\"ada@example.org\"", "{\"email\":\"ada@example.org\",}", "// comment\n{}", "\0",
        "{\"email\":\"\0\"}",
        "email=ada@example.org", "<email>ada@example.org</email>", "{\"email\":\"\\ud800\"}", "\u00ff\u00fe",
        "{\"email\":\"ada@example.org\",\"email\":\"eve@example.org\"}",
        "{\"email\":\"ada@example.org\",\"e\\u006dail\":\"eve@example.org\"}",
        "{\"email\":\"ada@example.org\\u0000\"}", "{\"email\":\"ada@example.org\\nBcc: eve@example.org\"}",
        "{\"email\":\"ada@example.org,eve@example.org\"}", "{\"email\":\"ada@example.org;eve@example.org\"}",
        "{\"email\":" + new string('[', 100_000), "{\"x\":" + string.Concat(Enumerable.Repeat("{\"x\":", 5000)),
        "{\"email\":\"" + new string('a', 100_000) + "@example.org\"}",
    ];

    [Theory, EveryDatabase]
    public async Task Malformed_body_is_refused_and_changes_nothing(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var before = await server.Dump();
        var wrong = new List<string>();
        foreach (var route in Routes)
        {
            foreach (var body in WrongBodies.Where(body => route != "POST /api/login" || !IsCredentials(body)))
            {
                using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(body));
                Note(wrong, route, body, await server.Call(route, content));
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before, await server.Dump());
        Assert.Empty(await server.ReadMail());
    }

    [Theory, EveryDatabase]
    public async Task Wrong_type_of_any_field_is_refused_and_changes_nothing(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var before = await server.Dump();
        var wrong = new List<string>();
        foreach (var (field, value) in Fields.SelectMany(field => WrongValues.Select(value => (field, value))))
        {
            foreach (var route in Routes)
            {
                var body = $$"""{"{{field}}":{{value}}}""";
                Note(wrong, route, body, await server.Call(route, body));
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before, await server.Dump());
    }

    [Theory, EveryDatabase]
    public async Task Megabyte_is_refused_before_it_is_read(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var before = server.Hashing.Computed;
        var body = $$"""{"email":"ada@example.org","password":"{{new string('x', 1024 * 1024)}}"}""";
        foreach (var route in Routes)
        {
            var answer = await server.Call(route, body);
            Assert.Equal(413, answer.Status);
            Assert.StartsWith("{\"errors\":{\"\":[", answer.Body, StringComparison.Ordinal);
        }

        Assert.Equal(before, server.Hashing.Computed);
        Assert.Empty(await server.ReadMail());
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task Json_is_read_whatever_it_is_called(string? contentType)
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        using var body = new ByteArrayContent("""{"email":"ada@example.org"}"""u8.ToArray());
        if (contentType is not null) body.Headers.Add("Content-Type", contentType);
        Assert.Equal(200, (await server.Call("POST /api/signup", body)).Status);
    }

    /// <summary>Whatever is no address may still be what somebody tries to log in with.</summary>
    private static bool IsCredentials(string body) => body.StartsWith("{\"email\":\"", StringComparison.Ordinal);

    private static void Note(List<string> wrong, string route, string body, Answer answer)
    {
        var refused = answer.Status is >= 400 and < 500
            && answer.Body.StartsWith("{\"errors\":{", StringComparison.Ordinal)
            && answer.Headers["Content-Type"] == "application/json; charset=utf-8";
        if (!refused) wrong.Add($"{route} {body[..Math.Min(body.Length, 60)]}: {answer}");
    }
}
