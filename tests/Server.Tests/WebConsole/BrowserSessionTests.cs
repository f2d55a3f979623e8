using Gatehouse.Tests.Harness;
using Xunit;
using static System.StringComparison;

namespace Gatehouse.Tests.WebConsole;

/// <summary>The login of a browser: how it begins, what it opens, and that it ends everywhere at once.</summary>
public sealed class BrowserSessionTests
{
    private const string Cookie = "__Host-session";
    private const string NewPassword = "a much better one 7";

    /// <summary>What ends every browser's login but, perhaps, the one that asks.</summary>
    private static readonly Dictionary<string, Func<TestServer, Customer, Task>> Endings = new()
    {
        ["password changed"] = (server, ada) => server.Do(
            ada,
            "PATCH /api/users/change_password",
            new { current_password = ada.Password, new_password = NewPassword }),
        ["second factor on"] = (server, ada) => server.ActivateFactor(ada),
        ["account closed"] = (server, ada) => server.Do(
            ada, "DELETE /api/users/destroy", new { email = ada.Email, current_password = ada.Password }),
        ["session ended"] = async (server, ada) =>
        {
            var id = (await server.Do(ada, "GET /api/sessions")).Json()[0].GetProperty("id");
            await server.Do(ada, $"DELETE /api/sessions/{id}");
        },
        ["password reset"] = async (server, ada) =>
        {
            await server.Call("PUT /api/users/reset_password", new { email = ada.Email });
            var visitor = new Visitor(server);
            var page = await visitor.Open($"/password/set?token={(await server.ReadMail(ada.Email)).Token}");
            Assert.Equal(303, (await visitor.Send(page, ("password", NewPassword))).Status);
        },
    };

    public static TheoryData<Engine, string> EndingsEverywhere
    {
        get
        {
            var rows = new TheoryData<Engine, string>();
            foreach (var ending in Endings.Keys) rows.Add(Engine.Sqlite, ending);
            foreach (var ending in Endings.Keys) rows.Add(Engine.Postgres, ending);
            return rows;
        }
    }

    [Theory, EveryDatabase]
    public async Task Login_opens_the_account_and_its_cookie_is_for_this_host_alone(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, browser) = (await server.SignUp(), new Visitor(server));
        var asked = await browser.Open("/account/keys");
        Assert.Equal((303, "/login?returnUrl=%2Faccount%2Fkeys"), (asked.Status, asked.Headers["Location"]));
        var done = await browser.Send(
            await browser.Follow(asked), ("name", ada.Email), ("password", ada.Password));
        Assert.Equal((303, "/account/keys"), (done.Status, done.Headers["Location"]));
        var cookie = done.Headers["Set-Cookie"];
        Assert.StartsWith($"{Cookie}=", cookie, Ordinal);
        foreach (var flag in (string[])["; path=/", "; secure", "; httponly", "; samesite=lax"])
            Assert.Contains(flag, cookie, OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", cookie, OrdinalIgnoreCase);
        Assert.DoesNotContain("expires=", cookie, OrdinalIgnoreCase);
        var page = await browser.Follow(done);
        Assert.Equal(200, page.Status);
        Assert.Contains("no-store", page.Headers["Cache-Control"], Ordinal);
        Assert.DoesNotContain(browser.Cookies[Cookie], await server.Dump(), Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task User_name_does_too_in_any_case(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, browser) = (await server.SignUp(), new Visitor(server));
        await browser.LogIn(ada with { Email = ada.UserName.ToUpperInvariant() });
        Assert.Contains(ada.Email, (await browser.Open("/account")).Body, Ordinal);
    }

    [Costly, Theory, MemberData(nameof(EndingsEverywhere))]
    public async Task Login_ends_on_every_node_at_once(Engine engine, string ending)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var (ada, browser) = (await server.SignUp(), new Visitor(server));
        await browser.LogIn(ada);
        Assert.Equal(200, (await browser.OpenAt(twin, "/account")).Status);
        await Endings[ending](server, ada);
        Assert.Equal(303, (await browser.OpenAt(twin, "/account")).Status);
        Assert.Equal(303, (await browser.Open("/account")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Idle_hour_ends_it_a_day_does_anyway_and_a_month_where_it_is_remembered(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        var (idle, busy, remembered) = (new Visitor(server), new Visitor(server), new Visitor(server));
        foreach (var browser in (Visitor[])[idle, busy]) await browser.LogIn(ada);
        Assert.Contains("expires=", (await remembered.LogIn(ada, ("remember", "true"))).Headers["Set-Cookie"], Ordinal);
        for (var i = 0; i < 28; i++)
        {
            Assert.Equal((i, 200), (i, (await busy.Open("/account")).Status));
            server.Pass(TimeSpan.FromMinutes(51));
            if (i == 1) Assert.Equal(303, (await idle.Open("/account")).Status);
        }

        server.Pass(TimeSpan.FromMinutes(15));
        Assert.Equal(303, (await busy.Open("/account")).Status);
        Assert.Equal(200, (await remembered.Open("/account")).Status);
        server.Pass(TimeSpan.FromDays(28));
        Assert.Equal(200, (await remembered.Open("/account")).Status);
        var end = TestServer.Beginning.UtcDateTime.AddDays(30);
        // Also in its last hour, however often it is seen.
        foreach (var minutes in (int[])[40, 30, 20, 10])
        {
            server.Pass(end.AddMinutes(-minutes) - server.Now);
            Assert.Equal((minutes, 200), (minutes, (await remembered.Open("/account")).Status));
        }

        server.Pass(TimeSpan.FromMinutes(15));
        Assert.Equal(303, (await remembered.Open("/account")).Status);
    }

    [Fact]
    public async Task Planted_cookie_never_becomes_a_login_and_each_login_has_a_new_one()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var (ada, browser) = (await server.SignUp(), new Visitor(server));
        var planted = new string('a', 43);
        browser.Cookies[Cookie] = planted;
        await browser.LogIn(ada);
        var first = browser.Cookies[Cookie];
        Assert.NotEqual(planted, first);
        var other = new Visitor(server);
        other.Cookies[Cookie] = planted;
        Assert.Equal(303, (await other.Open("/account")).Status);
        await other.LogIn(ada);
        Assert.NotEqual(first, other.Cookies[Cookie]);
        // A second login in the same browser ends the first one.
        browser.Cookies.Remove(Cookie, out var before);
        var page = await browser.Open("/login");
        browser.Cookies[Cookie] = before!;
        await browser.SendTo("/login", page, ("name", ada.Email), ("password", ada.Password));
        Assert.NotEqual(before, browser.Cookies[Cookie]);
        browser.Cookies[Cookie] = before!;
        Assert.Equal(303, (await browser.Open("/account")).Status);
    }

    [Fact]
    public async Task Nothing_that_a_browser_kept_before_the_second_factor_is_a_login_after_it()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var (ada, browser) = (await server.SignUp(), new Visitor(server));
        var factor = await server.ActivateFactor(ada);
        browser.Cookies[Cookie] = new string('a', 43);
        await browser.LogIn(ada);
        var before = browser.Cookies.ToDictionary();
        server.Pass(TimeSpan.FromMinutes(1));
        var page = await browser.Open("/login/code");
        Assert.Equal(303, (await browser.Send(page, ("mfa_token", factor.App.CodeAt(server.Now)))).Status);
        Assert.Equal(200, (await browser.Open("/account")).Status);
        Assert.DoesNotContain("__Host-login", browser.Cookies.Keys);
        var thief = new Visitor(server);
        foreach (var (name, value) in before) thief.Cookies[name] = value;
        Assert.Equal(303, (await thief.Open("/account")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Logging_out_is_a_form_and_works_while_logged_out(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, browser) = (await server.SignUp(), new Visitor(server));
        await browser.LogIn(ada);
        var (page, cookie) = (await browser.Open("/account"), browser.Cookies[Cookie]);
        Assert.Equal(200, (await browser.Open("/logout")).Status);
        Assert.Equal(200, (await browser.Open("/account")).Status);
        var done = await browser.SendTo("/logout", page);
        Assert.Equal((303, "/login?done=out"), (done.Status, done.Headers["Location"]));
        Assert.Contains("cache", done.Headers["Clear-Site-Data"], Ordinal);
        Assert.DoesNotContain(Cookie, browser.Cookies.Keys);
        browser.Cookies[Cookie] = cookie;
        Assert.Equal(303, (await browser.Open("/account")).Status);
        Assert.Equal(303, (await browser.SendTo("/logout", page)).Status);
    }
}
