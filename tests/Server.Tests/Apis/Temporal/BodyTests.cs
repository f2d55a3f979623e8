using System.Text;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Temporal;

/// <summary>Bodies of the form routes (wire 1.1).</summary>
public sealed class BodyTests
{
    private const string Unreadable = """400 {"code":400,"response":"the request body cannot be read"}""";
    private const string Twice = """400 {"code":400,"response":"the request has one field twice"}""";
    private const string NotPresent = """400 {"code":400,"response":"email_address not present"}""";
    private const string Done = """200 {"code":200,"response":"username reminder sent account email"}""";

    [Theory, EveryDatabase]
    public async Task Form_comes_in_three_ways(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        const string UrlEncoded = "application/x-www-form-urlencoded";
        const string Multipart = "multipart/form-data; boundary=x";
        foreach (var (type, body, expected) in new (string?, string, string)[]
        {
            (UrlEncoded, "email_address=ada%40example.org", Done),
            (UrlEncoded, "email_address=ada@example.org&extra=1&extra2", Done),
            (null, "email_address=ada@example.org", Done),
            ("application/json", """{"email_address":"ada@example.org"}""", Done),
            ("text/plain", """ {"email_address":"ada@example.org","extra":{}}""", Done),
            (Multipart, Part("email_address", "ada@example.org"), Done),
            (Multipart, Part("extra", "1") + Part("email_address", "ada@example.org"), Done),
            ("multipart/form-data; boundary=\"x\"", Part("email_address", "ada@example.org"), Done),
            (UrlEncoded, "", NotPresent),
            (UrlEncoded, "email_address=", NotPresent),
            (UrlEncoded, "Email_Address=ada@example.org", NotPresent),
            (Multipart, Part("email_address", ""), NotPresent),
            (Multipart, Part("email_address\"; filename=\"a.txt", "ada@example.org"), NotPresent),
            ("application/json", """{"email_address":7}""", NotPresent),
            ("application/json", "{}", NotPresent),
            (UrlEncoded, "email_address=a@b.example&email_address=c@d.example", Twice),
            (UrlEncoded, "email_address=%FF%FE", Unreadable),
            (UrlEncoded, string.Join('&', Enumerable.Range(0, 51).Select(i => $"f{i}=1")), Unreadable),
            (Multipart, Part("email_address", "a@b.example") + Part("email_address", "c@d.example"), Twice),
            ("multipart/form-data", Part("email_address", "ada@example.org"), Unreadable),
            ($"multipart/form-data; boundary={new string('x', 71)}", "", Unreadable),
            (Multipart, "--x\r\nContent-Disposition: form-data; name=\"email_address\"\r\n\r\nada@exam", Unreadable),
            ("application/json", """{"email_address":"ada@example.org",}""", Unreadable),
            ("application/json", """{"email_address":"a@b.example","email_address":"c@d.example"}""", Unreadable),
            ("application/json", string.Concat(Enumerable.Repeat("{\"a\":", 20)), Unreadable),
        })
        {
            var isWhole = body.StartsWith("--x", StringComparison.Ordinal) && expected != Unreadable;
            var text = isWhole ? body + "--x--\r\n" : body;
            var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
            if (type is not null) content.Headers.TryAddWithoutValidation("Content-Type", type);
            var answer = await server.Call("POST /v2/forgot/username", content);
            Assert.True(expected == answer.ToString(), $"{type} {body}: {answer}");
        }
    }

    [Theory, EveryDatabase]
    public async Task Bytes_that_are_no_UTF8_are_refused(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        byte[][] bodies = [[(byte)'{', (byte)'"', 0xFF, (byte)'"'], [(byte)'a', (byte)'=', 0xC3], [0xFF, 0xFE, 0]];
        foreach (var body in bodies)
        {
            var answer = await server.Call("POST /v2/forgot/username", new ByteArrayContent(body));
            Assert.Equal(Unreadable, answer.ToString());
        }
    }

    [Theory, EveryDatabase]
    public async Task Body_has_a_limit(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var answer = await server.Call("POST /v2/auth/register", new StringContent(new string('a', 300_000)));
        Assert.Equal("""413 {"code":413,"response":"The request is too large."}""", answer.ToString());
        Assert.True(answer.Headers.ContainsKey("X-RateLimit-Limit"));
        Assert.Equal("Origin", answer.Headers["Vary"]);
    }

    [Theory, EveryDatabase]
    public async Task Stale_token_is_in_nobodys_way(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await Member.Unconfirmed(server);
        string[] stale = ["Bearer junk", "Basic anVuaw==", "x"];
        foreach (var header in stale)
        {
            foreach (var (what, expected) in new (string, int)[]
            {
                ("POST /v2/auth/register", 200), ("POST /v2/auth/login", 200), ("POST /v2/forgot/username", 200),
                ("POST /v2/forgot/password", 200), ("GET /v2/account/email/verify/ada/x", 400),
                ("GET /v2/systems/check", 200), ("GET /v2/auth/refresh", 401),
            })
            {
                var isNew = what.EndsWith("register", StringComparison.Ordinal);
                var name = isNew ? $"ada-{Array.IndexOf(stale, header)}" : "ada";
                var form = Member.Fields(
                    ("username", name), ("password", Member.UsualPassword), ("email_address", $"{name}@example.org"));
                var answer = await server.Call(what, form, authorization: header);
                Assert.Equal((what, header, expected), (what, header, answer.Status));
            }
        }
    }

    private static string Part(string name, string value) =>
        $"--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n";
}
