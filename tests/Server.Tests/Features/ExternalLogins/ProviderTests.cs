using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Gatehouse.Data;
using Gatehouse.Tests.Harness;
using Gatehouse.Tests.WebConsole;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static System.StringComparison;

namespace Gatehouse.Tests.Features.ExternalLogins;

/// <summary>A provider, or whoever poses as one, that breaks the rules: refused, and nothing is made.</summary>
public sealed class ProviderTests
{
    private const string NotVerified = "could not be verified";
    private const string NoAddress = "has not verified the address";
    private const string Clocks = "clocks of Google and of this server differ";
    private const string Away = "Google did not answer";
    private static readonly ProviderUser Ada = new("1001", "ada@example.org");
    private static readonly RSA Stranger = RSA.Create(2048);

    /// <summary>What is wrong, how, and what the page says of it.</summary>
    private static readonly Dictionary<string, (Action<FakeProvider> Do, string Says)> Wrongs = new()
    {
        ["issuer"] = (p => p.Twist = c => c["iss"] = "https://accounts.evil.example", NotVerified),
        ["no issuer"] = (p => p.Twist = c => c.Remove("iss"), NotVerified),
        ["audience"] = (p => p.Twist = c => c["aud"] = "somebody-else", NotVerified),
        ["a second audience"] = (
            p => p.Twist = c => c["aud"] = new JsonArray(FakeProvider.ClientId, "somebody-else"), NotVerified),
        ["authorized party"] = (p => p.Twist = c => c["azp"] = "somebody-else", NotVerified),
        ["nonce"] = (p => p.Twist = c => c["nonce"] = new string('n', 43), NotVerified),
        ["no nonce"] = (p => p.Twist = c => c.Remove("nonce"), NotVerified),
        ["no subject"] = (p => p.Twist = c => c.Remove("sub"), NotVerified),
        ["empty subject"] = (p => p.Twist = c => c["sub"] = "", NotVerified),
        ["endless subject"] = (p => p.Twist = c => c["sub"] = new string('7', 300), NotVerified),
        ["key of a stranger"] = (p => (p.PublishedKey, p.Key) = (p.Key, Stranger), NotVerified),
        ["no signature"] = (p => p.TwistToken = t => $"{t[..t.LastIndexOf('.')]}.", NotVerified),
        ["algorithm none"] = (p => p.TwistToken = t => Headed(t, new JsonObject { ["alg"] = "none" }), NotVerified),
        ["algorithm with a shared secret"] = (
            p => p.TwistToken = t => Headed(t, new JsonObject { ["alg"] = "HS256", ["kid"] = "first" }), NotVerified),
        ["changed claims"] = (p => p.TwistToken = Changed, NotVerified),
        ["no token"] = (p => p.TwistToken = _ => "", NotVerified),
        ["junk for a token"] = (p => p.TwistToken = _ => "a.b.c", NotVerified),
        ["expired"] = (p => p.Twist = c => (c["iat"], c["exp"]) = (Ago(c, 7200), Ago(c, 3600)), Clocks),
        ["no expiry"] = (p => p.Twist = c => c.Remove("exp"), Clocks),
        ["no time"] = (p => p.Twist = c => c.Remove("iat"), Clocks),
        ["clock five minutes ahead"] = (p => p.Now += TimeSpan.FromMinutes(5), Clocks),
        ["clock five minutes behind"] = (p => p.Now -= TimeSpan.FromMinutes(5), Clocks),
        ["address: false"] = (p => p.Twist = c => c["email_verified"] = false, NoAddress),
        ["address: text"] = (p => p.Twist = c => c["email_verified"] = "true", NoAddress),
        ["address: number"] = (p => p.Twist = c => c["email_verified"] = 1, NoAddress),
        ["address: null"] = (p => p.Twist = c => c["email_verified"] = null, NoAddress),
        ["address: list"] = (p => p.Twist = c => c["email_verified"] = new JsonArray(true), NoAddress),
        ["address: nothing said"] = (p => p.Twist = c => c.Remove("email_verified"), NoAddress),
        ["address: none"] = (p => p.Twist = c => c.Remove("email"), ""),
        ["address: two"] = (p => p.Twist = c => c["email"] = "ada@example.org, eve@evil.example", NoAddress),
        ["it refuses the code"] = (p => p.Fault = 400, NotVerified),
        ["it has no time"] = (p => p.Fault = 408, Away),
        ["it has too much to do"] = (p => p.Fault = 429, Away),
        ["it is broken"] = (p => p.Fault = 500, Away),
        ["it redirects"] = (p => p.Fault = 302, Away),
    };

    public static TheoryData<Engine, string> WrongsEverywhere
    {
        get
        {
            var rows = new TheoryData<Engine, string>();
            foreach (var wrong in Wrongs.Keys) rows.Add(Engine.Sqlite, wrong);
            rows.Add(Engine.Postgres, "nonce");
            rows.Add(Engine.Postgres, "address: false");
            return rows;
        }
    }

    [Costly, Theory, MemberData(nameof(WrongsEverywhere))]
    public async Task Answer_that_is_wrong_is_refused_in_page_and_terminal_and_makes_nothing(Engine engine, string what)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        var ada = await server.SignUp(Ada.Email);
        var (terminal, browser) = (await server.StartTerminal(), new Visitor(server));
        var address = await browser.Leave(terminal);
        Wrongs[what].Do(provider);
        var page = await browser.Open(provider.Agree(address, Ada));
        if (what == "address: none")
        {
            // Asked for the address by its other way, the provider tells it: that is no mistake.
            Assert.Equal(303, page.Status);
            return;
        }

        Assert.True(page.Status is 422 or 503, page.ToString());
        Assert.Contains(Wrongs[what].Says, page.Body, Ordinal);
        var told = await server.Poll(terminal);
        Assert.True(told.Status is 422 or 503, told.ToString());
        Assert.Contains("{\"errors\":{\"\":[\"", told.Body, Ordinal);
        Assert.Equal(410, (await browser.Open("/oauth/link")).Status);
        Assert.Equal(0, await server.Ask<Db, int>(db => db.ExternalLogins.CountAsync()));
        Assert.Equal(1, await server.Ask<Db, int>(db => db.Accounts.CountAsync()));
        Assert.Equal(200, await server.StatusOfKey(ada.Email, ada.Key));
    }

    [Theory, EveryDatabase]
    public async Task State_is_one_browsers_and_works_once(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        await server.SignUpWithGoogle(provider, Ada);
        var (browser, other) = (new Visitor(server), new Visitor(server));
        var back = provider.Agree(await browser.Leave("/login"), Ada);
        await other.Leave("/login");
        foreach (var thief in (Visitor[])[new Visitor(server), other])
            Assert.Contains("This login cannot go on", (await thief.Open(back)).Body, Ordinal);
        foreach (var forged in (string[])["", "x", new string('a', 43)])
        {
            var page = await browser.Open($"/oauth/callback?code=1&state={forged}");
            Assert.Contains("This login cannot go on", page.Body, Ordinal);
        }

        Assert.Equal("/account", (await browser.Open(back)).Headers["Location"]);
        Assert.Contains("This login cannot go on", (await browser.Open(back)).Body, Ordinal);
        Assert.Equal(200, (await browser.Open("/account")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Code_of_somebody_else_is_worth_nothing_in_another_browser(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        await server.SignUpWithGoogle(provider, Ada);
        var eve = new ProviderUser("6666", "eve@example.org");
        await server.SignUpWithGoogle(provider, eve);
        var (victim, attacker) = (new Visitor(server), new Visitor(server));
        var mine = provider.Agree(await victim.Leave("/login"), Ada);
        var injected = provider.Agree(await attacker.Leave("/login"), eve);
        // The attacker's code under the victim's state: the verifier is another one.
        var page = await victim.Open(mine.Replace(CodeOf(mine), CodeOf(injected), Ordinal));
        Assert.Contains(NotVerified, page.Body, Ordinal);
        Assert.Equal(303, (await victim.Open("/account")).Status);
        Assert.Contains("cannot go on", (await attacker.Open(mine)).Body, Ordinal);
    }

    [Fact]
    public async Task Another_issuer_in_the_address_or_the_discovery_document_is_refused()
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(Engine.Sqlite, provider.Settings);
        await using var late = await TestServer.Start(Engine.Sqlite, provider.Settings);
        var browser = new Visitor(server);
        var back = provider.Agree(await browser.Leave("/login"), Ada);
        var mixed = back[..back.IndexOf("&iss=", Ordinal)] + "&iss=https%3A%2F%2Faccounts.evil.example";
        Assert.Contains(NotVerified, (await browser.Open(mixed)).Body, Ordinal);
        provider.ClaimedIssuer = "https://accounts.evil.example";
        var answer = await late.Call("POST /api/oauth/google");
        Assert.Equal(503, answer.Status);
        Assert.Contains(Away, answer.Body, Ordinal);
    }

    [Costly, Fact]
    public async Task Provider_that_is_away_or_never_answers_is_told_at_once_and_comes_back()
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(Engine.Sqlite, provider.Settings);
        provider.Fault = -1;
        Assert.Contains(Away, (await server.Call("POST /api/oauth/google")).Body, Ordinal);
        provider.Fault = 0;
        server.Pass(TimeSpan.FromMinutes(1));
        provider.Now = server.Now;
        await server.SignUpWithGoogle(provider, Ada);
        var browser = new Visitor(server);
        provider.Fault = 503;
        var back = provider.Agree(await browser.Leave("/login"), Ada);
        Assert.Contains(Away, (await browser.Open(back)).Body, Ordinal);
        Assert.Equal(303, (await browser.Open("/account")).Status);
    }

    [Costly, Theory, EveryDatabase]
    public async Task Provider_that_is_away_is_asked_once_a_minute_however_many_come_and_each_is_counted(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(
            engine, [.. provider.Settings, ("Limits:GoogleStartsPerAddress", "8")]);
        provider.Fault = 503;
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => server.Call("POST /api/oauth/google")));
        Assert.All(answers, answer => Assert.Equal(503, answer.Status));
        Assert.Equal(1, provider.Looks);
        provider.Fault = 0;
        Assert.Equal(503, (await server.Call("POST /api/oauth/google")).Status);
        server.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(201, (await server.Call("POST /api/oauth/google")).Status);
        Assert.Equal(429, (await server.Call("POST /api/oauth/google")).Status);
        var browser = new Visitor(server);
        Assert.Equal(429, (await browser.SendTo("/oauth/google", await browser.Open("/login"))).Status);
        Assert.Equal(2, provider.Looks);
    }

    [Fact]
    public async Task Encoding_that_there_is_not_is_no_fault_of_ours()
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(Engine.Sqlite, provider.Settings);
        provider.NamesNoEncoding = true;
        await server.SignUpWithGoogle(provider, Ada);
    }

    [Fact]
    public async Task New_keys_of_the_provider_are_fetched_when_they_are_needed()
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(Engine.Sqlite, provider.Settings);
        await server.SignUpWithGoogle(provider, Ada);
        (provider.Key, provider.KeyId) = (RSA.Create(2048), "second");
        server.Pass(TimeSpan.FromMinutes(2));
        provider.Now = server.Now;
        var browser = new Visitor(server);
        Assert.Equal("/account", (await browser.Visit(provider, "/login", Ada)).Headers["Location"]);
    }

    [Fact]
    public async Task Clock_that_is_off_by_seconds_lets_in_and_an_address_told_later_counts()
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(Engine.Sqlite, provider.Settings);
        provider.TellsAddressLater = true;
        provider.Now += TimeSpan.FromSeconds(40);
        await server.SignUpWithGoogle(provider, Ada);
        provider.Now -= TimeSpan.FromSeconds(80);
        var browser = new Visitor(server);
        Assert.Equal("/account", (await browser.Visit(provider, "/login", Ada)).Headers["Location"]);
        var unproven = Ada with { Subject = "1002", Email = "ida@example.org", Verified = JsonValue.Create("true") };
        var page = await new Visitor(server).Visit(provider, "/login", unproven);
        Assert.Contains(NoAddress, page.Body, Ordinal);
    }

    private static string CodeOf(string back) => back.Split("code=")[1].Split('&')[0];

    private static long Ago(JsonObject claims, int seconds) => claims["iat"]!.GetValue<long>() - seconds;

    private static string Headed(string token, JsonObject header) =>
        $"{FakeProvider.Write(header)}.{token.Split('.')[1]}.{token.Split('.')[2]}";

    private static string Changed(string token)
    {
        var parts = token.Split('.');
        var claims = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]))!.AsObject();
        claims["sub"] = "1002";
        return $"{parts[0]}.{FakeProvider.Write(claims)}.{parts[2]}";
    }
}
