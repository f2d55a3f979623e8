using System.Reflection;
using Gatehouse.Tests.Harness;
using Gatehouse.WebConsole;
using Microsoft.AspNetCore.Components;
using Xunit;
using static System.StringComparison;

namespace Gatehouse.Tests.WebConsole;

/// <summary>What holds for every page of an account, for its forms, and for the ways in.</summary>
public sealed class ConsolePageTests
{
    /// <summary>Every page that is an owner's alone, with an app and an invoice where it is about one.</summary>
    public static IReadOnlyList<string> Private { get; } =
    [
        .. from page in typeof(Pages).Assembly.GetTypes()
           where page.GetCustomAttribute<PrivateAttribute>() is not null
           from route in page.GetCustomAttributes<RouteAttribute>()
           select route.Template.Replace("{name}", "calm-lake", Ordinal)
               .Replace("{number}", "1", Ordinal).Replace("{line}", "1", Ordinal),
    ];

    [Theory, EveryDatabase]
    public async Task Every_page_of_an_account_is_its_owners_alone_and_kept_by_nobody(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, eve, owner, stranger) = (
            await server.SignUp(), await server.SignUp("eve@example.org"), new Visitor(server), new Visitor(server));
        await server.SetCard(ada);
        await server.Upgrade(ada, withCard: false);
        await server.MakeApp(ada, "calm-lake");
        await server.Do(ada, "PUT /api/apps/calm-lake/scale", new { replicas = 1 });
        server.Pass(TimeSpan.FromDays(31));
        await server.RunBilling();
        await owner.LogIn(ada);
        await stranger.LogIn(eve);
        Assert.True(Private.Count > 20);
        foreach (var path in Private)
        {
            var closed = await new Visitor(server).Open(path);
            Assert.Equal((path, 303), (path, closed.Status));
            Assert.StartsWith("/login", closed.Headers["Location"], Ordinal);
            var page = await owner.Open(path);
            Assert.Equal((path, 200), (path, page.Status));
            Assert.Contains("no-store", page.Headers["Cache-Control"], Ordinal);
            Assert.Contains("frame-ancestors 'none'", page.Headers["Content-Security-Policy"], Ordinal);
            Assert.DoesNotContain("unsafe", page.Headers["Content-Security-Policy"], Ordinal);
            Assert.Contains("<h1>", page.Body, Ordinal);
            var isOfOne = path.StartsWith("/apps/calm-lake", Ordinal) || path.EndsWith("/1", Ordinal);
            Assert.Equal((path, isOfOne ? 404 : 200), (path, (await stranger.Open(path)).Status));
        }
    }

    [Fact]
    public async Task Form_without_its_token_or_from_another_site_or_of_another_login_changes_nothing()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var (ada, eve, browser) = (
            await server.SignUp(), await server.SignUp("eve@example.org"), new Visitor(server));
        await browser.LogIn(ada);
        (string, string)[] forged = [("_handler", "create-key"), ("name", "forged")];
        Assert.Equal(400, (await browser.Post("/account/keys/new", forged)).Status);
        var page = await browser.Open("/account/keys/new");
        var cookie = string.Join("; ", browser.Cookies.Select(kept => $"{kept.Key}={kept.Value}"));
        foreach (var (name, value) in ((string, string)[])[
            ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"), ("Origin", "https://evil.example")])
        {
            using var body = new FormUrlEncodedContent([]);
            var sent = await server.Call(
                "POST /account/keys/new", body, headers: [("Cookie", cookie), (name, value)]);
            Assert.Equal((value, 403), (value, sent.Status));
        }

        await browser.LogIn(eve);
        Assert.Equal(400, (await browser.SendTo("/account/keys/new", page, ("name", "forged"))).Status);
        foreach (var who in (Customer[])[ada, eve])
            Assert.DoesNotContain("forged", (await server.Do(who, "GET /api/account_keys")).Body, Ordinal);
    }

    [Fact]
    public async Task Login_says_the_same_of_every_account_until_the_password_is_right()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        await server.SignUp();
        await server.Call("POST /api/free_users", new { email = "new@example.org", password = SignUpSteps.Password });
        var browser = new Visitor(server);
        var page = await browser.Open("/login");
        List<string> shapes = [];
        foreach (var name in (string[])["ada@example.org", "new@example.org", "nobody@example.org", "nobody"])
        {
            var refused = await browser.Send(page, ("name", name), ("password", "wrong one"));
            Assert.Equal(422, refused.Status);
            shapes.Add(Visitor.ShapeOf(refused, name));
        }

        Assert.Single(shapes.Distinct());
        var right = await browser.Send(page, ("name", "new@example.org"), ("password", SignUpSteps.Password));
        Assert.Equal(422, right.Status);
        Assert.Contains("/confirmation/resend?email=new%40example.org", right.Body, Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Second_factor_is_a_step_of_its_own_and_a_recovery_code_does_once(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, browser) = (await server.SignUp(), new Visitor(server));
        var factor = await server.ActivateFactor(ada);
        Assert.Equal("/login/code", (await browser.LogIn(ada)).Headers["Location"]);
        Assert.Equal(303, (await browser.Open("/account")).Status);
        var page = await browser.Open("/login/code");
        var wrong = await browser.Send(page, ("mfa_token", factor.App.WrongCodeAt(server.Now)));
        Assert.Equal(422, wrong.Status);
        Assert.Equal(303, (await browser.Send(page, ("mfa_token", factor.RecoveryCodes[0]))).Status);
        Assert.Equal(200, (await browser.Open("/account")).Status);
        var again = new Visitor(server);
        await again.LogIn(ada);
        page = await again.Open("/login/code");
        Assert.Equal(422, (await again.Send(page, ("mfa_token", factor.RecoveryCodes[0]))).Status);
        server.Pass(TimeSpan.FromMinutes(6));
        Assert.Equal("/login", (await again.Send(page, ("mfa_token", factor.RecoveryCodes[1]))).Headers["Location"]);
    }

    [Theory, EveryDatabase]
    public async Task Sign_up_goes_on_where_it_stopped_and_ends_logged_in_without_a_key(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var browser = new Visitor(server);
        var begun = await browser.Send(await browser.Open("/signup"), ("email", "new@example.org"));
        Assert.Equal("/signup/code", begun.Headers["Location"]);
        Assert.Equal("/signup/code", (await browser.Open("/signup/tier")).Headers["Location"]);
        Assert.Contains("new@example.org", (await browser.Open("/signup")).Body, Ordinal);
        var code = (await server.ReadMail("new@example.org")).Code;
        var page = await browser.Open("/signup/code");
        Assert.Equal(422, (await browser.Send(page, ("code", code == "000000" ? "111111" : "000000"))).Status);
        page = await browser.Follow(await browser.Send(page, ("code", code)));
        Assert.Equal(422, (await browser.Send(page, ("password", "short"))).Status);
        page = await browser.Follow(await browser.Send(page, ("password", SignUpSteps.Password)));
        var paid = await browser.Send(page, ("tier", "STANDARD"));
        Assert.Equal(422, paid.Status);
        Assert.Contains("/sandbox/cards/", paid.Body, Ordinal);
        var done = await browser.Send(page, ("tier", "FREE"));
        Assert.Equal((303, "/account?done=welcome"), (done.Status, done.Headers["Location"]));
        Assert.Contains("new@example.org", (await browser.Follow(done)).Body, Ordinal);
        Assert.Contains("No key yet", (await browser.Open("/account/keys")).Body, Ordinal);
        Assert.Equal("/signup", (await browser.Open("/signup/tier")).Headers["Location"]);
    }

    [Fact]
    public async Task Form_that_was_done_already_is_answered_with_a_page()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var (ada, browser) = (await server.SignUp(), new Visitor(server));
        await server.SetCard(ada);
        await browser.LogIn(ada);
        var page = await browser.Open("/account/upgrade");
        Assert.Equal(303, (await browser.SendTo("/account/upgrade", page)).Status);
        var again = await browser.SendTo("/account/upgrade", page);
        Assert.Equal(400, again.Status);
        Assert.Contains("That form is out of date", again.Body, Ordinal);
    }

    [Fact]
    public async Task Change_of_how_one_gets_in_asks_again_when_the_login_is_a_while_ago()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var (ada, browser) = (await server.SignUp(), new Visitor(server));
        await browser.LogIn(ada);
        Assert.DoesNotContain("current_password", (await browser.Open("/account/email")).Body, Ordinal);
        server.Pass(TimeSpan.FromMinutes(11));
        var page = await browser.Open("/account/email");
        Assert.Contains("current_password", page.Body, Ordinal);
        (string, string) next = ("next_email", "next@example.org");
        Assert.Equal(422, (await browser.Send(page, next)).Status);
        Assert.Equal(422, (await browser.Send(page, next, ("current_password", "wrong one"))).Status);
        Assert.Equal(303, (await browser.Send(page, next, ("current_password", ada.Password))).Status);
    }

    [Fact]
    public async Task What_is_typed_is_shown_as_text()
    {
        const string Script = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
        await using var server = await TestServer.Start(Engine.Sqlite);
        var (ada, browser) = (await server.SignUp(), new Visitor(server));
        var login = await browser.Open("/login");
        List<Answer> answers = [await browser.Send(login, ("name", Script), ("password", "wrong one"))];
        await browser.LogIn(ada);
        foreach (var (path, field) in ((string, string)[])[
            ("/account/email", "next_email"), ("/account/keys/new", "name"), ("/account/ssh-keys", "ssh_key"),
            ("/account/close", "email"), ("/account/credits", "amount"), ("/apps/new", "name")])
            answers.Add(await browser.SendTo(path, await browser.Open(path), (field, Script)));
        Assert.All(answers, answer => Assert.Equal(422, answer.Status));
        Assert.All(answers, answer => Assert.DoesNotContain("<img src=x", answer.Body, Ordinal));
        Assert.All(answers, answer => Assert.DoesNotContain("<script>alert", answer.Body, Ordinal));
    }
}
