using System.Text.RegularExpressions;
using Gatehouse.EndToEnd.Tests.Clients;
using Gatehouse.EndToEnd.Tests.Harness;
using Gatehouse.EndToEnd.Tests.WebConsole;
using Microsoft.Playwright;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Journeys;

/// <summary>
/// Signing up and logging in at an OpenID provider that is not ours, with a real browser, from the terminal and in the
/// console.
/// </summary>
public sealed partial class GoogleTests
{
    [Theory, EveryDatabase]
    public async Task Terminal_signs_up_and_logs_in_by_the_browser(string database)
    {
        Component.Chromium.Need();
        await using var provider = await OpenIdServer.Start();
        await using var server = await GatehouseServer.Start(database, provider.Settings);
        using var cli = new Cli(server.Url);
        await using (var signUp = await cli.Start("signup:google", "--tier", "free", "--yes"))
        {
            await HandOver(server, signUp, "ann", "It wants to sign up as ann@example.com");
            Assert.Equal(0, await signUp.Exit());
            Assert.Contains("You are logged in as ann@example.com.", signUp.Stderr, StringComparison.Ordinal);
        }

        var account = await cli.Run(["account", "--json"]);
        Assert.Contains("\"google\": \"ann@example.com\"", account.Stdout, StringComparison.Ordinal);
        using var other = new Cli(server.Url);
        await using var logIn = await other.Start("login:google");
        await HandOver(server, logIn, "ann", "It wants to be logged in as ann@example.com");
        Assert.Equal(0, await logIn.Exit());
        Assert.Contains("Logged in as ann@example.com.", logIn.Stderr, StringComparison.Ordinal);
        Assert.Equal(0, (await other.Run(["account"])).ExitCode);
    }

    [Fact]
    public async Task Console_signs_up_logs_in_and_says_what_is_linked()
    {
        var browser = await TestRun.Browser;
        await using var provider = await OpenIdServer.Start();
        await using var server = await GatehouseServer.Start("sqlite", provider.Settings);
        await using (var visit = await browser.Open(new Uri(server.Url, "/signup")))
        {
            await Press(visit, "Sign up with Google");
            await OpenIdServer.Agree(visit, "bea");
            await visit.Page.GetByText("Choose a tier").First.WaitForAsync();
            await Gallery.Look(visit.Page, "google-tier");
            await Press(visit, "Create the account");
            await visit.Page.GetByText("linked to bea@example.com").WaitForAsync();
            Assert.Empty(visit.ComplaintsAbout(server.Url));
        }

        await using var again = await browser.Open(new Uri(server.Url, "/account/keys"));
        await Press(again, "Log in with Google");
        await OpenIdServer.Agree(again, "bea");
        Assert.EndsWith("/account/keys", again.Page.Url, StringComparison.Ordinal);
        await again.Page.GotoAsync(new Uri(server.Url, "/account/google").ToString());
        await again.Page.GetByText("It is the only way into your account").WaitForAsync();
        await Gallery.Look(again.Page, "google-only");
        Assert.Empty(again.ComplaintsAbout(server.Url));
    }

    [Fact]
    public async Task Account_with_a_password_is_linked_by_it_asks_for_its_second_factor_and_is_unlinked()
    {
        var browser = await TestRun.Browser;
        await using var provider = await OpenIdServer.Start();
        await using var server = await GatehouseServer.Start("sqlite", provider.Settings);
        var person = new Person("cid@example.com");
        await person.SignUp(server);
        var codes = await SecondFactor.TurnOn(server, person);
        await using var visit = await browser.Open(new Uri(server.Url, "/login"));
        await Press(visit, "Log in with Google");
        await OpenIdServer.Agree(visit, "cid");
        await visit.Page.GetByText("Link your account").First.WaitForAsync();
        await Gallery.Look(visit.Page, "google-link");
        await visit.Page.GetByLabel("Password of your account here").FillAsync(person.Password);
        await visit.Page.GetByLabel("Code of your second factor").FillAsync(codes[0]);
        await Press(visit, "Link and log in");
        await visit.Page.GetByText("linked to cid@example.com").WaitForAsync();

        await using var later = await browser.Open(new Uri(server.Url, "/login"));
        await Press(later, "Log in with Google");
        await OpenIdServer.Agree(later, "cid");
        await later.Page.GetByText("One more step").WaitForAsync();
        await Gallery.Look(later.Page, "google-factor");
        await later.Page.GotoAsync(new Uri(server.Url, "/account").ToString());
        Assert.Contains("/login", later.Page.Url, StringComparison.Ordinal);
        await later.Page.GotoAsync(new Uri(server.Url, "/oauth/factor").ToString());
        await later.Page.GetByLabel("Code").FillAsync(codes[1]);
        await Press(later, "Go on");
        await later.Page.GetByText("linked to cid@example.com").WaitForAsync();
        await later.Page.GotoAsync(new Uri(server.Url, "/account/google").ToString());
        await Gallery.Look(later.Page, "google-linked");
        await Press(later, "Unlink it");
        await later.Page.GetByText("Unlinked. Your password logs you in.").WaitForAsync();
        Assert.Empty(later.ComplaintsAbout(server.Url));
    }

    [Fact]
    public async Task Denial_there_an_address_that_nobody_verified_and_the_wrong_terminal_are_told_in_both_places()
    {
        var browser = await TestRun.Browser;
        await using var provider = await OpenIdServer.Start();
        await using var server = await GatehouseServer.Start("sqlite", provider.Settings);
        using var cli = new Cli(server.Url);
        await using (var denied = await cli.Start("login:google"))
        {
            await using var visit = await browser.Open(await PageOf(denied));
            await OpenIdServer.Deny(visit);
            await visit.Page.GetByText("You were not logged in").WaitForAsync();
            await Gallery.Look(visit.Page, "google-denied");
            Assert.Equal(3, await denied.Exit());
        }

        await using (var unproven = await cli.Start("signup:google"))
        {
            await using var visit = await browser.Open(await PageOf(unproven));
            await OpenIdServer.Agree(visit, "unproven-dan");
            await visit.Page.GetByText("has not verified the address").WaitForAsync();
            await Gallery.Look(visit.Page, "google-unproven");
            Assert.Equal(4, await unproven.Exit());
            Assert.Contains("has not verified this address", unproven.Stderr, StringComparison.Ordinal);
        }

        await using var strange = await cli.Start("signup:google");
        await using var victim = await browser.Open(await PageOf(strange));
        await OpenIdServer.Agree(victim, "eve");
        await Gallery.Look(victim.Page, "google-hand-over");
        await Press(victim, "No, this is not my terminal");
        await victim.Page.GetByText("Nothing was handed over").WaitForAsync();
        await Gallery.Look(victim.Page, "google-declined");
        Assert.Equal(3, await strange.Exit());
        Assert.False(File.Exists(cli.Netrc));
    }

    private static async Task HandOver(
        GatehouseServer server, ChildProcess command, string name, string says)
    {
        await using var visit = await (await TestRun.Browser).Open(await PageOf(command));
        await OpenIdServer.Agree(visit, name);
        await visit.Page.GetByText(says).WaitForAsync();
        var code = Code().Match(command.Stderr).Groups["code"].Value;
        await visit.Page.GetByText(code, new PageGetByTextOptions { Exact = true }).WaitForAsync();
        Assert.False(command.HasExited);
        await Press(visit, "Yes, hand over to it");
        await visit.Page.GetByText("Your terminal goes on").First.WaitForAsync();
        Assert.Empty(visit.ComplaintsAbout(server.Url));
    }

    private static Task Press(Visit visit, string button) =>
        visit.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button }).ClickAsync();

    private static async Task<Uri> PageOf(ChildProcess command) => new(await Eventually.Get(
        () => Page().Match(command.Stderr) is { Success: true } page ? page.Groups["url"].Value : null,
        () => $"No page was named:\n{command.Output}"));

    [GeneratedRegex(@"this code: (?<code>\S+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"browse to (?<url>http\S+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Page();
}
