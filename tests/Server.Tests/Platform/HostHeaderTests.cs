using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Platform;

/// <summary>Any Host is served, and none is ever used for a link (T17, contract 2).</summary>
public sealed class HostHeaderTests
{
    private static readonly (string Line, string Headers)[] Poisons =
    [
        ("", "Host: evil.example"),
        ("", "Host: evil.example:80"),
        ("", "Host: accounts.example.org.evil.example"),
        ("", "Host: accounts.example.org\r\nX-Forwarded-Host: evil.example"),
        ("", "Host: accounts.example.org\r\nX-Forwarded-Server: evil.example"),
        ("", "Host: accounts.example.org\r\nX-Forwarded-Proto: javascript"),
        ("", "Host: accounts.example.org\r\nX-Forwarded-Port: 6666"),
        ("", "Host: accounts.example.org\r\nX-Forwarded-Prefix: /evil.example"),
        ("", "Host: accounts.example.org\r\nForwarded: host=evil.example;proto=http"),
        ("", "Host: accounts.example.org\r\nX-Host: evil.example"),
        ("", "Host: accounts.example.org\r\nX-Original-Host: evil.example\r\nX-Original-URL: //evil.example/"),
        ("", "Host: accounts.example.org\r\nX_Forwarded_Host: evil.example\r\nX-HTTP-Host-Override: evil.example"),
        ("", "Host: accounts.example.org\r\nHost: evil.example"),
        ("http://evil.example", "Host: evil.example"),
    ];

    [Theory, EveryDatabase]
    public async Task Link_in_a_mail_is_never_what_a_request_says(Engine engine)
    {
        await using var server = await TestServer.Start(engine, ("Limits:SignUpsPerAddress", "0"));
        await server.SignUp("owner@example.org");
        foreach (var (i, (line, headers)) in Poisons.Index())
        {
            var (fresh, other) = ($"\"email\":\"a{i}@example.org\"", $"\"email\":\"b{i}@example.org\"");
            await Post(server, $"POST {line}/api/signup", headers, $"{{{fresh}}}");
            await Post(server, $"PUT {line}/api/users/reconfirm_email", headers, $"{{{fresh}}}");
            await Post(server, $"POST {line}/api/free_users", headers, $"{{{other},\"password\":\"long enough\"}}");
            await Post(server, $"POST {line}/api/signup", headers, """{"email":"owner@example.org"}""");
        }

        var mails = await server.ReadMail();
        Assert.True(mails.Count >= 3 * (Poisons.Length - 1), $"{mails.Count} mails");
        Assert.All(mails, mail =>
        {
            Assert.DoesNotContain("evil", mail.Message.ToString(), StringComparison.OrdinalIgnoreCase);
            Assert.Contains($"{TestServer.PublicUrl}/", mail.Text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Description_of_the_API_names_the_public_address()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var (text, _) = await RawHttp.Send(
            server.Address, "GET /openapi.json HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200", text, StringComparison.Ordinal);
        Assert.Contains(TestServer.PublicUrl, text, StringComparison.Ordinal);
        Assert.DoesNotContain("evil.example", text, StringComparison.Ordinal);
    }

    private static Task<(string Text, bool Closed)> Post(TestServer server, string line, string headers, string body) =>
        RawHttp.Send(
            server.Address,
            $"{line} HTTP/1.1\r\n{headers}\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n{body}");
}
