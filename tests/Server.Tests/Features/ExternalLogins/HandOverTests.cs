using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Tests.Harness;
using Gatehouse.Tests.WebConsole;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static System.StringComparison;

namespace Gatehouse.Tests.Features.ExternalLogins;

/// <summary>What the buttons of a visit answer for, and how many accounts one place may open with them.</summary>
public sealed class HandOverTests
{
    private static readonly ProviderUser Ada = new("1001", "ada@example.org");

    [Theory, EveryDatabase]
    public async Task Button_hands_over_to_the_terminal_of_its_page_and_to_no_other(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        await server.SignUpWithGoogle(provider, Ada);
        var (mine, strange) = (await server.StartTerminal(), await server.StartTerminal());
        var browser = new Visitor(server);
        await browser.Visit(provider, mine, Ada);
        var page = await browser.Open("/oauth/confirm");
        Assert.Contains(mine.PairingCode, page.Body, Ordinal);
        // A page of somebody else begins another visit in another tab, and the provider asks nothing.
        await browser.Visit(provider, strange, Ada);
        foreach (var button in (string[])["hand-over", "decline"])
        {
            var form = GoogleSteps.FormNamed(page, button);
            Assert.Contains("cannot go on", (await browser.Post("/oauth/confirm", form)).Body, Ordinal);
            var bare = form.Where(field => field.Name != "visit");
            Assert.Contains("cannot go on", (await browser.Post("/oauth/confirm", bare)).Body, Ordinal);
        }

        foreach (var terminal in (WaitingTerminal[])[mine, strange])
            Assert.Equal(204, (await server.Poll(terminal)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Account_is_made_for_the_address_of_its_page_and_for_no_other(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        var browser = new Visitor(server);
        await browser.Visit(provider, "/login", Ada);
        var page = await browser.Open("/oauth/account");
        await browser.Visit(provider, "/login", new ProviderUser("6666", "eve@evil.example"));
        Assert.Contains("cannot go on", (await browser.SendTo("/oauth/account", page)).Body, Ordinal);
        Assert.Equal(0, await server.Ask<Db, int>(db => db.SignUps.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Page_says_loudly_that_the_terminal_is_in_another_network(Engine engine)
    {
        const string Loud = "in another network than this browser";
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        var browser = new Visitor(server);
        await browser.Visit(provider, await server.StartTerminal(signUp: true), Ada);
        Assert.DoesNotContain(Loud, (await browser.Open("/oauth/confirm")).Body, Ordinal);
        await browser.Visit(provider, await server.StartTerminal(signUp: true, from: "198.51.100.7"), Ada);
        var page = await browser.Open("/oauth/confirm");
        Assert.Contains(Loud, page.Body, Ordinal);
        Assert.Contains("198.51.100.7", page.Body, Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Accounts_by_google_count_among_the_sign_ups_of_their_place(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(
            engine, [.. provider.Settings, ("Limits:SignUpsPerAddress", "2")]);
        await server.SignUpWithGoogle(provider, Ada);
        var browser = new Visitor(server);
        var second = new ProviderUser("1002", "ida@example.org");
        Assert.Equal("/signup/tier", (await browser.Visit(provider, "/signup", second)).Headers["Location"]);
        var third = new ProviderUser("1003", "eda@example.org");
        Assert.Equal(429, (await browser.Visit(provider, "/signup", third)).Status);
        var terminal = await server.StartTerminal(signUp: true);
        Assert.Equal(429, (await browser.HandOver(await browser.Visit(provider, terminal, third))).Status);
        Assert.Equal(204, (await server.Poll(terminal)).Status);
        Assert.Equal(1, await server.Ask<Db, int>(db => db.Accounts.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Sign_up_waits_for_its_address_as_long_as_its_terminal_and_a_day_once_it_is_proven(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        var (terminal, browser) = (await server.StartTerminal(signUp: true), new Visitor(server));
        Assert.Equal(server.Now + TerminalLogin.Life, await server.Ask<Db, DateTime>(EndOfSignUp));
        await browser.HandOver(await browser.Visit(provider, terminal, Ada));
        Assert.Equal(server.Now + SignUp.Life, await server.Ask<Db, DateTime>(EndOfSignUp));
        await server.Poll(terminal);
        server.Pass(TimeSpan.FromHours(3));
        await server.Step(new { uuid = terminal.Uuid, tier = "FREE" });
    }

    [Theory, EveryDatabase]
    public async Task Owner_without_a_password_proves_to_be_here_with_google_again(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        var (ada, browser) = (await server.SignUpWithGoogle(provider, Ada), new Visitor(server));
        Assert.Contains("\"has_password\":false", (await server.Do(ada, "GET /api/users")).Body, Ordinal);
        Assert.DoesNotContain(
            "has_password", (await server.Do(await server.SignUp("ida@example.org"), "GET /api/users")).Body, Ordinal);
        await browser.Visit(provider, "/login", Ada);
        Assert.DoesNotContain("google-again", (await browser.Open("/account/email")).Body, Ordinal);
        server.Pass(TimeSpan.FromMinutes(30));
        provider.Now = server.Now;
        var page = await browser.Open("/account/email");
        Assert.Contains("form=\"google-again\"", page.Body, Ordinal);
        Assert.DoesNotContain("current_password", page.Body, Ordinal);
        var stale = await browser.SendTo("/account/email", page, ("next_email", "new@example.org"));
        Assert.Equal(422, stale.Status);
        Assert.Contains("Please log in with Google again", stale.Body, Ordinal);
        var leaving = await browser.SendTo("/oauth/google", page);
        var led = await browser.Open(provider.Agree(GoogleSteps.AddressIn(leaving), Ada));
        Assert.Equal("/account/email", led.Headers["Location"]);
        Assert.DoesNotContain("google-again", (await browser.Follow(led)).Body, Ordinal);
    }

    private static Task<DateTime> EndOfSignUp(Db db) => db.SignUps.Select(s => s.ExpiresAt).SingleAsync();
}
