using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.WebConsole;

/// <summary>Where a login leads: back to our own pages, and nowhere else.</summary>
public sealed class ReturnAddressTests
{
    private static readonly string[] Foreign =
    [
        "https://evil.example",
        "HTTPS://evil.example",
        "http:evil.example",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/account/..//evil.example",
        "/account/../../login",
        "/account\t//evil.example",
        "/account\r\nLocation: https://evil.example",
        "/account@evil.example",
        "/account:80@evil.example",
        "@evil.example",
        "/%2f%2fevil.example",
        "/account/%2e%2e/%2fevil.example",
        "/%5cevil.example",
        "/account。evil.example",
        "/account／／evil.example",
        "/account?x=//evil.example",
        "/account#//evil.example",
        "/account\0//evil.example",
        " //evil.example",
        "javascript:alert(1)",
        "/account;javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "/login",
        "/logout",
        "/accounts",
        "",
    ];

    [Costly, Fact]
    public async Task Foreign_addresses_lead_to_the_account()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var (ada, browser) = (await server.SignUp(), new Visitor(server));
        foreach (var address in Foreign)
        {
            var page = await browser.Open($"/login?returnUrl={Uri.EscapeDataString(address)}");
            Assert.DoesNotContain("evil.example", page.Body, StringComparison.Ordinal);
            var done = await browser.Send(page, ("name", ada.Email), ("password", ada.Password));
            Assert.Equal((address, "/account"), (address, done.Headers["Location"]));
            var again = await browser.Open($"/login?returnUrl={Uri.EscapeDataString(address)}");
            Assert.Equal((address, "/account"), (address, again.Headers["Location"]));
            browser.Cookies.Clear();
            page = await browser.Open("/login");
            var forged = await browser.Send(
                page with { Body = page.Body.Replace(Hidden("/account"), Hidden(address), StringComparison.Ordinal) },
                ("name", ada.Email), ("password", ada.Password));
            var isForm = !address.Contains('\0');
            Assert.Equal((address, isForm ? 303 : 400), (address, forged.Status));
            if (isForm) Assert.Equal((address, "/account"), (address, forged.Headers["Location"]));
            browser.Cookies.Clear();
        }
    }

    [Fact]
    public async Task Form_of_an_expired_session_leads_to_the_login_and_from_there_to_its_page()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var (ada, browser) = (await server.SignUp(), new Visitor(server));
        await browser.LogIn(ada);
        var page = await browser.Open("/account/ssh-keys");
        server.Pass(TimeSpan.FromMinutes(61));
        var late = await browser.Send(page, ("ssh_key", "ssh-ed25519 AAAA"));
        Assert.Equal((303, "/login?returnUrl=%2Faccount%2Fssh-keys"), (late.Status, late.Headers["Location"]));
        var login = await browser.Follow(late);
        var done = await browser.Send(login, ("name", ada.Email), ("password", ada.Password));
        Assert.Equal("/account/ssh-keys", done.Headers["Location"]);
        Assert.Equal(200, (await browser.Follow(done)).Status);
    }

    [Fact]
    public async Task On_plain_http_from_elsewhere_the_login_says_what_is_needed_and_does_not_loop()
    {
        await using var server = await TestServer.Start(Engine.Sqlite, ("PublicUrl", "http://gate.example.org:5080"));
        var ada = await server.SignUp();
        foreach (var path in (string[])["/login", "/signup"])
        {
            var page = await server.Call($"GET {path}", from: "203.0.113.7");
            Assert.Equal(200, page.Status);
            Assert.Contains("needs https", page.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("<form method=\"post\" action=\"/login\"", page.Body, StringComparison.Ordinal);
        }

        var closed = await server.Call("GET /account", from: "203.0.113.7");
        Assert.Equal((303, "/login"), (closed.Status, closed.Headers["Location"]));
        var browser = new Visitor(server);
        var form = await browser.Open("/login");
        Assert.DoesNotContain("session", browser.Cookies.Keys);
        Assert.DoesNotContain(ada.Email, form.Body, StringComparison.Ordinal);
    }

    private static string Hidden(string address) =>
        $"name=\"returnUrl\" value=\"{System.Net.WebUtility.HtmlEncode(address)}\"";
}
