using System.Text;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Temporal;

/// <summary>Logging in (wire 2.1).</summary>
public sealed class LoginTests
{
    private const string Missing = """400 {"code":400,"message":"Missing Username or Password"}""";
    private const string Wrong = """401 {"code":401,"message":"Incorrect Username / Password"}""";
    private const string Right = """{"username":"ada","password":"correct horse battery"}""";

    [Theory, EveryDatabase]
    public async Task Body_is_JSON_whatever_its_type_says(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await Member.Unconfirmed(server);
        foreach (var type in (string?[])["text/plain", "text/plain;charset=UTF-8", "application/json", null,
            "application/x-www-form-urlencoded", "application/octet-stream", "junk"])
            Assert.Equal(200, (await Post(server, Right, type)).Status);
        var form = "username=ada&password=correct+horse%20battery";
        Assert.Equal(200, (await Post(server, form, "application/x-www-form-urlencoded")).Status);
        var fields = Member.Fields(("username", "ada"), ("password", Member.UsualPassword));
        Assert.Equal(200, (await server.Call("POST /v2/auth/login", fields)).Status);
        var more = Right.Replace("{", """{"more":[1,{}],""");
        Assert.Equal(200, (await Post(server, more, null)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Without_both_fields_it_says_so(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        foreach (var body in (string[])["", "{}", "[]", "null", "junk", """{"username":"ada"}""",
            """{"username":"ada","password":""}""", """{"username":"ada","password":1234567890}""",
            """{"username":null,"password":"x"}""", """{"username":["ada"],"password":"x"}""", Right[..^1],
            """{"username":"ada","username":"bob","password":"x"}""", """{"Username":"ada","Password":"x"}"""])
        {
            var answer = await Post(server, body, "application/json");
            Assert.Equal(Missing, answer.ToString());
            Assert.Equal("JWT realm=Gatehouse", answer.Headers["WWW-Authenticate"]);
        }
    }

    [Theory, EveryDatabase]
    public async Task Everything_wrong_is_answered_alike(Engine engine)
    {
        await using var server = await TestServer.Start(engine, ("Limits:SignUpsPerAddress", "0"));
        await Member.Join(server);
        await Member.Unconfirmed(server, "bob", "bob@example.org");
        var i = 0;
        foreach (var (name, password) in new (string, string)[]
        {
            ("ada", "not the password"), ("nobody", "not the password"), ("ada@example.org", "not the password"),
            ("bob@example.org", Member.UsualPassword), ("bob", "not the password"), (" ada ", Member.UsualPassword),
            ("a/b", "not the password"), ("a\0b", "not the password"), (new('a', 3000), "not the password"),
            ("ada", new('x', 2000)), ("ada", "\uD800not unicode"),
        })
        {
            var answer = await Member.LogIn(server, name, password, from: $"198.51.{i++}.7");
            // Half a surrogate pair cannot be written as JSON text; it arrives as U+FFFD.
            Assert.Equal(Wrong, answer.ToString());
        }
    }

    [Theory, EveryDatabase]
    public async Task Operator_may_want_confirmed_accounts_only(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var strict = await server.StartTwin(("Accounts:ConfirmBeforeV2Login", "true"));
        var ada = await Member.Unconfirmed(server);
        Assert.Equal(Wrong, (await Member.LogIn(strict, "ada")).ToString());
        Assert.Equal(
            """403 {"code":403,"message":"You don't have permission to access."}""", await ada.Standing(strict));
        await server.Call($"GET /v2/account/email/verify/ada/{(await server.ReadMail(ada.Email)).Token}");
        Assert.Equal(200, (await Member.LogIn(strict, "ada")).Status);
        Assert.StartsWith("200", await ada.Standing(strict), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Too_many_wrong_passwords_have_to_wait(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await Member.Join(server, "ada");
        Answer last = null!;
        for (var i = 0; i < 6; i++) last = await Member.LogIn(server, "ada", "not the password", from: "203.0.113.5");
        Assert.Equal("""429 {"code":429,"message":"Limit exceeded"}""", last.ToString());
        Assert.InRange(last.RetryAfter, 1, 60);
        Assert.Equal(429, (await Member.LogIn(server, "ADA@example.org", from: "203.0.113.5")).Status);
        Assert.Equal(200, (await Member.LogIn(server, "ada")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Address_that_nobody_proved_hears_nothing_of_logins(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Member.Unconfirmed(server);
        await Member.LogIn(server, "ada", from: "203.0.113.9");
        var change = Member.Fields(("old_password", ada.Password), ("new_password", "some other horse"));
        await ada.Call("POST /v2/account/password/change", change);
        Assert.Single(await server.ReadMail());
    }

    private static Task<Answer> Post(TestServer server, string body, string? type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (type is not null) content.Headers.TryAddWithoutValidation("Content-Type", type);
        return server.Call("POST /v2/auth/login", content);
    }
}
