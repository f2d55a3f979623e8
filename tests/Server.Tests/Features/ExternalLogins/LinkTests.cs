using Gatehouse.Tests.Harness;
using Gatehouse.Tests.WebConsole;
using Xunit;
using static System.StringComparison;

namespace Gatehouse.Tests.Features.ExternalLogins;

/// <summary>Which identity opens which account, how it comes to do so, and how it ends.</summary>
public sealed class LinkTests
{
    private static readonly ProviderUser Ada = new("1001", "ada@example.org");

    [Theory, EveryDatabase]
    public async Task Address_of_an_account_asks_for_its_password_once_and_logs_in_from_then_on(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        var ada = await server.SignUp();
        var browser = new Visitor(server);
        var led = await browser.Visit(provider, "/login", Ada);
        var wrong = await browser.GoOn(led, "/oauth/link", ("password", "not the password"));
        Assert.Contains("This is not your password", wrong.Body, Ordinal);
        Assert.Equal(303, (await browser.Open("/account")).Status);
        var done = await browser.GoOn(led, "/oauth/link", ("password", ada.Password));
        Assert.Equal("/account", done.Headers["Location"]);
        Assert.Contains("linked to ada@example.org", (await browser.Open("/account")).Body, Ordinal);
        Assert.Contains("linked to Google", (await server.ReadMail(ada.Email, "linked")).Subject, Ordinal);
        var again = new Visitor(server);
        Assert.Equal("/account", (await again.Visit(provider, "/signup", Ada)).Headers["Location"]);
        // Somebody else who has the address there now is asked for the password again, and cannot be linked too.
        var heir = await again.Visit(provider, "/login", Ada with { Subject = "2002" });
        // However often: a right password is never counted as a wrong one.
        for (var i = 0; i < 8; i++)
        {
            var refused = await again.GoOn(heir, "/oauth/link", ("password", ada.Password));
            Assert.Contains("Unlink that one first", refused.Body, Ordinal);
        }
    }

    [Theory, EveryDatabase]
    public async Task Second_factor_is_asked_for_at_the_link_and_at_every_login_before_anything_is_handed_over(
        Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        var ada = await server.SignUp();
        var factor = await server.ActivateFactor(ada);
        var (terminal, browser) = (await server.StartTerminal(), new Visitor(server));
        var led = await browser.Visit(provider, terminal, Ada);
        var without = await browser.GoOn(led, "/oauth/link", ("password", ada.Password));
        Assert.Contains("Please enter the code", without.Body, Ordinal);
        server.Pass(TimeSpan.FromSeconds(30));
        var linked = await browser.GoOn(
            led, "/oauth/link", ("password", ada.Password), ("mfa_token", factor.App.CodeAt(server.Now)));
        await browser.HandOver(linked);
        Assert.Equal(200, (await server.Poll(terminal)).Status);
        server.Pass(TimeSpan.FromMinutes(1));
        provider.Now = server.Now;
        terminal = await server.StartTerminal();
        led = await browser.Visit(provider, terminal, Ada);
        Assert.Equal(410, (await browser.Open("/oauth/confirm")).Status);
        Assert.Equal(422, (await browser.GoOn(led, "/oauth/factor", ("mfa_token", "000000"))).Status);
        Assert.Equal(204, (await server.Poll(terminal)).Status);
        var proven = await browser.GoOn(led, "/oauth/factor", ("mfa_token", factor.App.CodeAt(server.Now)));
        await browser.HandOver(proven);
        Assert.Equal(200, (await server.Poll(terminal)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Owner_links_and_unlinks_in_the_console_and_is_told_by_mail(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        var (ada, browser) = (await server.SignUp(), new Visitor(server));
        await browser.LogIn(ada);
        var other = new ProviderUser("3003", "lovelace@elsewhere.example");
        var leaving = await browser.SendTo("/account/google", await browser.Open("/account/google"));
        var led = await browser.Open(provider.Agree(GoogleSteps.AddressIn(leaving), other));
        Assert.Equal("/account/google?done=linked", led.Headers["Location"]);
        Assert.Contains(other.Email, (await browser.Follow(led)).Body, Ordinal);
        Assert.Contains("lovelace@elsewhere.example", (await server.Do(ada, "GET /api/export")).Body, Ordinal);
        Assert.Equal("/account", (await new Visitor(server).Visit(provider, "/login", other)).Headers["Location"]);
        // An hour later the login is not fresh any more.
        server.Pass(TimeSpan.FromMinutes(30));
        var page = await browser.Open("/account/google");
        Assert.Equal(422, (await browser.SendTo("/account/google", page)).Status);
        var gone = await browser.SendTo("/account/google", page, ("current_password", ada.Password));
        Assert.Equal("/account/google?done=unlinked", gone.Headers["Location"]);
        Assert.Contains("unlinked", (await server.ReadMail(ada.Email, "unlinked")).Subject, Ordinal);
        provider.Now = server.Now;
        led = await new Visitor(server).Visit(provider, "/login", other);
        Assert.Equal("/oauth/account", led.Headers["Location"]);
        var events = (await server.Do(ada, "GET /api/activity")).Body;
        Assert.Contains("external_login.linked", events, Ordinal);
        Assert.Contains("external_login.unlinked", events, Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Link_belongs_to_the_login_that_asked_for_it(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        var (ada, eve) = (await server.SignUp(), await server.SignUp("eve@example.org"));
        var (browser, attacker) = (new Visitor(server), new Visitor(server));
        await browser.LogIn(ada);
        await attacker.LogIn(eve);
        var thief = new ProviderUser("6666", "eve@evil.example");
        var leaving = await attacker.SendTo("/account/google", await attacker.Open("/account/google"));
        var back = provider.Agree(GoogleSteps.AddressIn(leaving), thief);
        // The victim's browser is made to finish what the attacker began.
        Assert.Contains("cannot go on", (await browser.Open(back)).Body, Ordinal);
        Assert.DoesNotContain("\"google\"", (await server.Do(ada, "GET /api/users")).Body, Ordinal);
        await attacker.SendTo("/logout", await attacker.Open("/account"));
        Assert.Contains("cannot go on", (await attacker.Open(back)).Body, Ordinal);
        Assert.DoesNotContain("\"google\"", (await server.Do(eve, "GET /api/users")).Body, Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Only_way_in_stays_until_a_password_is_set_by_mail(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        var ada = await server.SignUpWithGoogle(provider, Ada);
        var refused = await server.CallAs(ada, "DELETE /api/oauth/google");
        Assert.Contains("Please set a password first", refused.Body, Ordinal);
        Assert.Equal(401, (await server.LogIn(ada.Email, "any password")).Status);
        await server.Call("PUT /api/users/reset_password", new { email = ada.Email });
        var token = (await server.ReadMail(ada.Email, "Reset")).Token;
        var set = await server.Call(
            "POST /api/users/reset_password", new { token, password = "chosen afterwards", keep_api_keys = true });
        Assert.Equal(200, set.Status);
        var known = await server.LogInAgain(ada with { Password = "chosen afterwards" });
        Assert.Equal(404, (await server.CallAs(known, "DELETE /api/oauth/google")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Account_without_a_password_is_refused_like_a_wrong_password_on_every_surface(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        var ada = await server.SignUpWithGoogle(provider, Ada);
        var other = await server.SignUp("ida@example.org");
        foreach (var password in (string[])["", "some password", " "])
        {
            var (one, two) = (await server.LogIn(ada.Email, password), await server.LogIn(other.Email, password));
            Assert.Equal(two.Shape, one.Shape);
            var v2 = new { username = ada.UserName, password };
            Assert.NotEqual(200, (await server.Call("POST /v2/auth/login", v2)).Status);
        }
    }

    [Theory, EveryDatabase]
    public async Task Closed_account_is_as_if_it_did_not_exist_and_its_identity_is_free(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        var ada = await server.SignUpWithGoogle(provider, Ada);
        await server.Do(ada, "DELETE /api/users/destroy", new { email = ada.Email });
        var browser = new Visitor(server);
        Assert.Equal("/oauth/account", (await browser.Visit(provider, "/login", Ada)).Headers["Location"]);
        var second = await server.SignUpWithGoogle(provider, Ada with { Email = "ada@new.example" });
        Assert.Equal(200, await server.StatusOfKey("ada@new.example", second.Key));
    }

    [Theory, EveryDatabase]
    public async Task Sign_up_in_the_browser_goes_on_with_the_choice_of_a_tier(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        var browser = new Visitor(server);
        var led = await browser.Visit(provider, "/login", Ada);
        led = await browser.GoOn(led, "/oauth/account");
        var welcome = await browser.GoOn(led, "/signup/tier", ("tier", "FREE"));
        Assert.Equal("/account?done=welcome", welcome.Headers["Location"]);
        Assert.Contains("linked to ada@example.org", (await browser.Follow(welcome)).Body, Ordinal);
        var direct = new Visitor(server);
        var ida = new ProviderUser("1002", "ida@example.org");
        Assert.Equal("/signup/tier", (await direct.Visit(provider, "/signup", ida)).Headers["Location"]);
        Assert.Equal("/oauth/account", (await new Visitor(server).Visit(provider, "/login", ida)).Headers["Location"]);
    }
}
