using Gatehouse.Data;
using Gatehouse.Tests.Harness;
using Gatehouse.Tests.WebConsole;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Features;

/// <summary>Every way into an account that is closed, or whose second factor is locked: none leads in (T67).</summary>
public sealed class ClosedDoorTests
{
    private static readonly ProviderUser Ada = new("1001", "ada@example.org");

    [Theory, EveryDatabase]
    public async Task Closed_account_is_entered_by_nothing_that_was_on_its_way_and_by_no_new_login(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, [.. AccountSteps.Roomy, .. provider.Settings]);
        var ada = await Linked(server, provider);
        var (open, remembered, visiting, granting) = (
            new Visitor(server), new Visitor(server), new Visitor(server), new Visitor(server));
        await open.LogIn(ada);
        await remembered.LogIn(ada, ("remember", "true"));
        var token = System.Text.Json.JsonDocument.Parse((await LogInForToken(server, ada)).Body)
            .RootElement.GetProperty("token").GetString();
        // At the provider, before the button, and granted but not fetched.
        var back = provider.Agree(await visiting.Leave("/login"), Ada);
        var (asked, granted) = (await server.StartTerminal(), await server.StartTerminal());
        await granting.HandOver(await granting.Visit(provider, granted, Ada));
        await granting.Visit(provider, asked, Ada);
        var button = GoogleSteps.FormNamed(await granting.Open("/oauth/confirm"), "hand-over").ToList();
        await server.Do(ada, "DELETE /api/users/destroy", new { email = ada.Email, current_password = ada.Password });

        Assert.Equal(401, (await server.LogIn(ada.Email, ada.Password)).Status);
        Assert.NotEqual(200, (await LogInForToken(server, ada)).Status);
        Assert.Equal(401, await server.StatusOfKey(ada.Email, ada.Key));
        var bearer = $"Bearer {token}";
        Assert.NotEqual(200, (await server.Call("GET /v2/account/credits/available", authorization: bearer)).Status);
        Assert.NotEqual(200, (await server.Call("GET /v2/auth/refresh", authorization: bearer)).Status);
        foreach (var browser in (Visitor[])[open, remembered])
            Assert.Equal(303, (await browser.Open("/account")).Status);
        var page = await open.Open("/login");
        Assert.Equal(422, (await open.SendTo("/login", page, ("name", ada.Email), ("password", ada.Password))).Status);
        Assert.Equal("/oauth/account", (await visiting.Open(back)).Headers["Location"]);
        var pressed = await granting.Post("/oauth/confirm", button);
        Assert.True(pressed.Body.Contains("cannot go on", StringComparison.Ordinal), pressed.ToString());
        foreach (var terminal in (WaitingTerminal[])[asked, granted])
            Assert.NotEqual(200, (await server.Poll(terminal)).Status);
        await IsEmpty(server);
    }

    [Theory, EveryDatabase]
    public async Task Locked_factor_keeps_out_its_right_codes_on_every_way(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(
            engine, [("Limits:FactorInARow", "3"), .. provider.Settings]);
        var ada = await Linked(server, provider);
        var factor = await server.ActivateFactor(ada);
        for (var i = 0; i < 3; i++) await server.LogInWith(ada, factor.App.WrongCodeAt(server.Now));
        server.Pass(TimeSpan.FromHours(2));
        provider.Now = server.Now;
        var code = factor.App.CodeAt(server.Now);
        Assert.NotEqual(200, (await server.LogInWith(ada, code)).Status);
        Assert.NotEqual(200, (await LogInForToken(server, ada, code)).Status);
        var browser = new Visitor(server);
        await browser.LogIn(ada);
        Assert.NotEqual(303, (await browser.Send(await browser.Open("/login/code"), ("mfa_token", code))).Status);
        var led = await browser.Visit(provider, "/login", Ada);
        Assert.NotEqual(303, (await browser.GoOn(led, "/oauth/factor", ("mfa_token", code))).Status);
        await IsEmpty(server);
        // What was written down opens it again, and the app with it.
        Assert.Equal(200, (await server.LogInWith(ada, factor.RecoveryCodes[0])).Status);
    }

    private static async Task<Customer> Linked(TestServer server, FakeProvider provider)
    {
        var (ada, browser) = (await server.SignUp(Ada.Email), new Visitor(server));
        await browser.GoOn(
            await browser.Visit(provider, "/login", Ada), "/oauth/link", ("password", ada.Password));
        return ada;
    }

    private static Task<Answer> LogInForToken(TestServer server, Customer who, string? code = null) => server.Call(
        "POST /v2/auth/login", new { username = who.UserName, password = who.Password, mfa_token = code });

    private static async Task IsEmpty(TestServer server)
    {
        Assert.Equal(0, await server.Ask<Db, int>(db => db.Sessions.CountAsync()));
        Assert.Equal(0, await server.Ask<Db, int>(db => db.ApiKeys.CountAsync()));
    }
}
