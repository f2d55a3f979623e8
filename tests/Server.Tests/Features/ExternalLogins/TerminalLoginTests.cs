using Gatehouse.Tests.Harness;
using Gatehouse.Tests.WebConsole;
using Xunit;
using static System.StringComparison;

namespace Gatehouse.Tests.Features.ExternalLogins;

/// <summary>A terminal that waits for a browser: what it gets, when, and how often.</summary>
public sealed class TerminalLoginTests
{
    private static readonly ProviderUser Ada = new("1001", "ada@example.org");

    [Theory, EveryDatabase]
    public async Task Sign_up_makes_a_free_account_without_a_password_and_the_next_login_opens_it(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        var ada = await server.SignUpWithGoogle(provider, Ada);
        var account = await server.Do(ada, "GET /api/users");
        Assert.Equal(
            (Ada.Email, "FREE", Ada.Email),
            (account.Data("email"), account.Data("tier"), account.Data("google")));
        var (terminal, browser) = (await server.StartTerminal(), new Visitor(server));
        var done = await browser.HandOver(await browser.Visit(provider, terminal, Ada));
        Assert.Contains("Your terminal goes on", done.Body, Ordinal);
        var got = await server.Poll(terminal);
        Assert.Equal((200, Ada.Email), (got.Status, got.Data("email")));
        Assert.Equal(200, await server.StatusOfKey(Ada.Email, got.Data("key")));
        var keys = await server.Do(ada, "GET /api/account_keys");
        Assert.Contains("lab-machine-", keys.Body, Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Terminal_gets_nothing_before_the_button_and_then_once(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        await using var twin = await server.StartTwin(provider.Settings);
        await server.SignUpWithGoogle(provider, Ada);
        var (terminal, browser) = (await server.StartTerminal(), new Visitor(server));
        Assert.Equal(204, (await server.Poll(terminal)).Status);
        var address = await browser.Leave(terminal);
        Assert.Equal(204, (await server.Poll(terminal)).Status);
        var led = await browser.OpenAt(twin, provider.Agree(address, Ada));
        var page = await browser.Open("/oauth/confirm");
        foreach (var shown in (string[])[terminal.PairingCode, "lab-machine", "127.0.0.1", Ada.Email])
            Assert.Contains(shown, page.Body, Ordinal);
        Assert.Equal(204, (await server.Poll(terminal)).Status);
        Assert.Equal(200, (await browser.HandOver(led)).Status);
        var polls = await AccountSteps.Race(12, server, twin, node => node.Poll(terminal));
        var got = Assert.Single(polls, poll => poll.Status == 200);
        Assert.All(
            polls.Where(poll => poll != got), poll => Assert.Contains("\"\":[\"This login has", poll.Body, Ordinal));
        Assert.DoesNotContain(got.Data("key"), await server.Dump(), Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task No_secret_of_the_way_is_readable_at_rest(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        var (terminal, browser) = (await server.StartTerminal(), new Visitor(server));
        var address = await browser.Leave(terminal);
        var asked = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(new Uri(address).Query);
        var dump = await server.Dump();
        string[] secrets =
        [
            terminal.Session, terminal.Path.Split('=')[1], asked["state"]!, asked["nonce"]!,
            browser.Cookies["__Host-visit"], FakeProvider.ClientSecret,
        ];
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, dump, Ordinal));
        Assert.NotEqual(terminal.Session, terminal.Path.Split('=')[1]);
        Assert.Equal("select_account", asked["prompt"]);
        Assert.Equal("openid email profile", asked["scope"]);
        Assert.Equal($"{TestServer.PublicUrl}/oauth/callback", asked["redirect_uri"]);
    }

    [Theory, EveryDatabase]
    public async Task Waiting_ends_after_ten_minutes_in_terminal_and_page(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        var (terminal, browser) = (await server.StartTerminal(), new Visitor(server));
        await browser.Visit(provider, terminal, Ada);
        server.Pass(TimeSpan.FromMinutes(10));
        Assert.Contains("has expired", (await server.Poll(terminal)).Body, Ordinal);
        Assert.Equal(410, (await browser.Open("/oauth/confirm")).Status);
        var late = await new Visitor(server).Open(terminal.Path);
        Assert.Contains("This login cannot go on", late.Body, Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Denial_there_and_the_other_button_here_are_told_to_the_terminal(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        await server.SignUpWithGoogle(provider, Ada);
        var (terminal, browser) = (await server.StartTerminal(), new Visitor(server));
        var page = await browser.Open(FakeProvider.Deny(await browser.Leave(terminal)));
        Assert.Contains("You were not logged in", page.Body, Ordinal);
        Assert.Equal("{\"errors\":{\"\":[\"access denied\"]}}", (await server.Poll(terminal)).Body);
        terminal = await server.StartTerminal();
        await browser.Visit(provider, terminal, Ada);
        var form = GoogleSteps.FormNamed(await browser.Open("/oauth/confirm"), "decline");
        Assert.Contains("Nothing was handed over", (await browser.Post("/oauth/confirm", form)).Body, Ordinal);
        Assert.Contains("access denied", (await server.Poll(terminal)).Body, Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Terminal_never_learns_whether_there_is_an_account_only_the_page_says(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        var (login, browser) = (await server.StartTerminal(), new Visitor(server));
        var page = await browser.Visit(provider, login, Ada);
        Assert.Contains("There is no account yet", page.Body, Ordinal);
        await server.SignUpWithGoogle(provider, Ada);
        var signUp = await server.StartTerminal(signUp: true);
        page = await browser.Visit(provider, signUp, Ada);
        Assert.Contains("You have an account already", page.Body, Ordinal);
        foreach (var terminal in (WaitingTerminal[])[login, signUp])
            Assert.Equal(204, (await server.Poll(terminal)).Status);
        // Both are as they were: the right Google account still finishes either.
        var other = new ProviderUser("1002", "ida@example.org");
        await browser.HandOver(await browser.Visit(provider, signUp, other));
        Assert.Equal(200, (await server.Poll(signUp)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Clients_before_1_14_get_the_whole_account_at_once(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        var started = await server.Call("POST /api/oauth/google", new { signup = true });
        Assert.Equal(201, started.Status);
        var terminal = new WaitingTerminal(new Uri(started.Data("url")).PathAndQuery, started.Data("session"), "");
        var browser = new Visitor(server);
        await browser.HandOver(await browser.Visit(provider, terminal, Ada));
        var got = await server.Poll(terminal);
        Assert.Equal(200, await server.StatusOfKey(Ada.Email, got.Data("key")));
    }

    [Theory, EveryDatabase]
    public async Task What_ends_access_ends_a_login_that_was_granted_and_not_fetched(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        var ada = await server.SignUpWithGoogle(provider, Ada);
        var (terminal, browser) = (await server.StartTerminal(), new Visitor(server));
        await browser.HandOver(await browser.Visit(provider, terminal, Ada));
        await server.ActivateFactor(ada);
        Assert.Equal(422, (await server.Poll(terminal)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Starts_are_limited_and_a_stale_key_is_not_even_looked_at(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(
            engine, [.. provider.Settings, ("Limits:GoogleStartsPerAddress", "3")]);
        for (var i = 0; i < 3; i++)
        {
            var started = await server.Call(
                "POST /api/oauth/google", authorization: SignUpSteps.Basic("ada@example.org", "gate_old"));
            Assert.Equal(201, started.Status);
        }

        Assert.Equal(429, (await server.Call("POST /api/oauth/google")).Status);
        Assert.Equal(201, (await server.Call("POST /api/oauth/google", from: "198.51.100.7")).Status);
        Assert.Equal(404, (await server.Call("POST /api/oauth/gitlab")).Status);
    }

    [Fact]
    public async Task Server_without_a_client_id_says_so_everywhere()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var browser = new Visitor(server);
        Assert.Contains("no Google login", (await server.Call("POST /api/oauth/google")).Body, Ordinal);
        Assert.Equal("{\"data\":{\"providers\":[]}}", (await server.Call("GET /api/oauth")).Body);
        foreach (var path in (string[])["/login", "/signup"])
            Assert.DoesNotContain("Google", (await browser.Open(path)).Body, Ordinal);
        var form = await browser.Open("/login");
        var hidden = Visitor.HiddenOf(form, "/login").Where(field => field.Name != "_handler");
        var pressed = await browser.Post("/oauth/google", [.. hidden, ("_handler", "google")]);
        Assert.Contains("There is no Google login here", pressed.Body, Ordinal);
    }
}
