using Gatehouse.Tests.Harness;
using Gatehouse.Tests.WebConsole;
using Xunit;
using static System.StringComparison;

namespace Gatehouse.Tests.Features.ExternalLogins;

/// <summary>
/// Somebody is here with the victim's address before the victim is, in each of the five ways (Sudhodanan and Paverd,
/// 2022). Then the victim comes with Google, and the attacker has nothing left.
/// </summary>
public sealed class PreHijackTests
{
    private const string Address = "ada@example.org";
    private const string Guess = "attacker's own 77";
    private static readonly ProviderUser Ada = new("1001", Address);
    private static readonly ProviderUser Eve = new("6666", "eve@evil.example");

    [Theory, EveryDatabase]
    public async Task Password_of_an_attacker_who_signed_up_first_opens_nothing(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        var uuid = await server.StartSignUp(Address);
        await Register(server, "eve-one");
        var code = (await server.ReadMail(Address)).Code;
        var ada = await server.SignUpWithGoogle(provider, Ada);
        Assert.Equal(422, (await server.Call("POST /api/signup", new { uuid, confirmation_code = code })).Status);
        Assert.Equal(401, (await server.LogIn(Address, Guess)).Status);
        Assert.NotEqual(200, (await LogInByName(server, "eve-one")).Status);
        Assert.Equal(200, await server.StatusOfKey(Address, ada.Key));
    }

    [Theory, EveryDatabase]
    public async Task Identity_that_nobody_verified_never_gets_near_the_address(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        var trojan = Eve with { Email = Address, Verified = System.Text.Json.Nodes.JsonValue.Create(false) };
        var attacker = new Visitor(server);
        Assert.Contains("not verified", (await attacker.Visit(provider, "/signup", trojan)).Body, Ordinal);
        await server.SignUpWithGoogle(provider, Ada);
        Assert.Contains("not verified", (await attacker.Visit(provider, "/login", trojan)).Body, Ordinal);
        // Even a provider that verifies it later opens nothing: the identity is another one.
        var led = await attacker.Visit(provider, "/login", trojan with { Verified = Ada.Verified });
        Assert.Equal("/oauth/link", led.Headers["Location"]);
        Assert.Equal(303, (await attacker.Open("/account")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Second_factor_of_an_attacker_goes_with_the_account_that_had_it(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        await Register(server, "eve-two");
        var token = (await LogInByName(server, "eve-two")).Body;
        await server.StartSignUp(Address);
        var ada = await server.SignUpWithGoogle(provider, Ada);
        var browser = new Visitor(server);
        Assert.Equal("/account", (await browser.Visit(provider, "/login", Ada)).Headers["Location"]);
        var factor = await server.ActivateFactor(ada);
        Assert.Equal("/oauth/factor", (await browser.Visit(provider, "/login", Ada)).Headers["Location"]);
        Assert.NotEmpty(factor.RecoveryCodes);
        Assert.Contains("token", token, Ordinal);
        Assert.NotEqual(200, (await LogInByName(server, "eve-two")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Pending_change_of_address_never_reaches_the_victims_account(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        var eve = await server.SignUp(Eve.Email);
        await server.Do(eve, "POST /api/users/email", new { next_email = Address, current_password = eve.Password });
        var link = (await server.ReadMail(Address)).Token;
        var ada = await server.SignUpWithGoogle(provider, Ada);
        Assert.Equal(422, (await server.Call("POST /api/users/email/confirm", new { token = link })).Status);
        Assert.Equal(Address, (await server.Do(ada, "GET /api/users")).Data("email"));
        Assert.Equal(Eve.Email, (await server.Do(eve, "GET /api/users")).Data("email"));
        Assert.Equal(401, await server.StatusOfKey(Address, eve.Key));
    }

    [Theory, EveryDatabase]
    public async Task Open_session_of_an_attacker_is_dead_when_the_victim_arrives(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        await Register(server, "eve-three");
        var login = await LogInByName(server, "eve-three");
        Assert.Equal(200, login.Status);
        var token = System.Text.Json.JsonDocument.Parse(login.Body).RootElement.GetProperty("token").GetString();
        Assert.Equal(200, (await Credits(server, token!)).Status);
        await server.SignUpWithGoogle(provider, Ada);
        Assert.NotEqual(200, (await Credits(server, token!)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Link_made_by_whoever_took_the_account_over_is_undone_with_the_change_of_address(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        var (ada, attacker) = (await server.SignUp(), new Visitor(server));
        await server.Do(
            ada, "POST /api/users/email", new { next_email = "eve@evil.example", current_password = ada.Password });
        var confirm = (await server.ReadMail("eve@evil.example")).Token;
        var revoke = (await server.ReadMail(ada.Email)).Token;
        await server.Call("POST /api/users/email/confirm", new { token = confirm });
        var led = await attacker.Visit(provider, "/login", Eve);
        await attacker.GoOn(led, "/oauth/link", ("password", ada.Password));
        Assert.Equal(200, (await attacker.Open("/account")).Status);
        Assert.Equal(200, (await server.Call("POST /api/users/email/revoke", new { token = revoke })).Status);
        Assert.Equal(303, (await attacker.Open("/account")).Status);
        led = await attacker.Visit(provider, "/login", Eve);
        Assert.Equal("/oauth/account", led.Headers["Location"]);
    }

    [Theory, EveryDatabase]
    public async Task Link_made_before_the_change_of_address_goes_with_its_revocation_too(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        var (ada, attacker) = (await server.SignUp(), new Visitor(server));
        await LinkByConsole(provider, attacker, ada);
        server.Pass(TimeSpan.FromMinutes(1));
        provider.Now = server.Now;
        await server.Do(
            ada, "POST /api/users/email", new { next_email = "eve@evil.example", current_password = ada.Password });
        var confirm = (await server.ReadMail("eve@evil.example")).Token;
        var revoke = (await server.ReadMail(ada.Email, "about to change")).Token;
        await server.Call("POST /api/users/email/confirm", new { token = confirm });
        Assert.Equal(200, (await server.Call("POST /api/users/email/revoke", new { token = revoke })).Status);
        await OpensNothing(provider, server);
    }

    [Theory, EveryDatabase]
    public async Task Link_of_whoever_knew_the_password_ends_when_it_is_reset_by_mail(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        var ada = await server.SignUp();
        foreach (var page in (bool[])[false, true])
        {
            var attacker = new Visitor(server);
            await LinkByConsole(provider, attacker, ada);
            var waiting = await server.StartTerminal();
            await attacker.HandOver(await attacker.Visit(provider, waiting, Eve));
            ada = ada with { Password = await Reset(server, ada.Email, page) };
            Assert.Equal(303, (await attacker.Open("/account")).Status);
            Assert.Equal(422, (await server.Poll(waiting)).Status);
            await OpensNothing(provider, server);
            ada = await server.LogInAgain(ada);
            Assert.Contains(
                "external_login.unlinked", (await server.Do(ada, "GET /api/activity")).Body, Ordinal);
        }
    }

    [Theory, EveryDatabase]
    public async Task Owner_of_the_address_hears_of_an_account_that_google_opened_and_takes_it_back(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        // The attacker's terminal, finished by the victim's browser.
        var thief = await server.SignUpWithGoogle(provider, Ada);
        Assert.Equal("An account was made with Google", (await server.ReadMail(Address)).Subject.Split(" - ")[0]);
        await server.Call("PUT /api/users/reset_password", new { email = Address });
        var token = (await server.ReadMail(Address, "Reset")).Token;
        await server.Call("POST /api/users/reset_password", new { token, password = "mine alone now 5" });
        Assert.Equal(401, await server.StatusOfKey(Address, thief.Key));
        Assert.Equal(200, (await server.LogIn(Address, "mine alone now 5")).Status);
    }

    private static async Task LinkByConsole(FakeProvider provider, Visitor attacker, Customer victim)
    {
        await attacker.LogIn(victim);
        var leaving = await attacker.SendTo("/account/google", await attacker.Open("/account/google"));
        var led = await attacker.Open(provider.Agree(GoogleSteps.AddressIn(leaving), Eve));
        Assert.Equal("/account/google?done=linked", led.Headers["Location"]);
    }

    private static async Task OpensNothing(FakeProvider provider, TestServer server)
    {
        var led = await new Visitor(server).Visit(provider, "/login", Eve);
        Assert.Equal("/oauth/account", led.Headers["Location"]);
    }

    /// <summary>By mail, with every key kept, on the page or by the API.</summary>
    private static async Task<string> Reset(TestServer server, string email, bool onPage)
    {
        var password = onPage ? "chosen on the page 1" : "chosen by the API 2";
        await server.Call("PUT /api/users/reset_password", new { email });
        var token = (await server.ReadMail(email, "Reset")).Token;
        if (!onPage)
        {
            await server.Call("POST /api/users/reset_password", new { token, password, keep_api_keys = true });
            return password;
        }

        var owner = new Visitor(server);
        var page = await owner.Open($"/password/set?token={token}");
        Assert.Contains(Eve.Email, page.Body, Ordinal);
        var done = await owner.SendTo("/password/set", page, ("password", password), ("keep_api_keys", "true"));
        Assert.Equal(303, done.Status);
        return password;
    }

    private static async Task Register(TestServer server, string name)
    {
        var fields = new MultipartFormDataContent
        {
            { new StringContent(name), "username" },
            { new StringContent(Guess), "password" },
            { new StringContent(Address), "email_address" },
        };
        var answer = await server.Call("POST /v2/auth/register", fields);
        Assert.True(answer.Status == 200, answer.ToString());
    }

    private static Task<Answer> LogInByName(TestServer server, string username) =>
        server.Call("POST /v2/auth/login", new { username, password = Guess });

    private static Task<Answer> Credits(TestServer server, string token) =>
        server.Call("GET /v2/account/credits/available", authorization: $"Bearer {token}");
}
