using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Gatehouse.Data;
using Gatehouse.Tests.Harness;
using Gatehouse.Tests.WebConsole;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static System.StringComparison;

namespace Gatehouse.Tests.Features.ExternalLogins;

/// <summary>What somebody between browser and provider tries, and what a provider may leave out.</summary>
public sealed partial class HostileProviderTests
{
    private const string NotVerified = "could not be verified";
    private static readonly ProviderUser Ada = new("1001", "ada@example.org");
    private static readonly RSA Stranger = RSA.Create(2048);

    /// <summary>JSON values for <c>email_verified</c> that some libraries take for true.</summary>
    public static TheoryData<string> NotTrue =>
        ["false", "\"false\"", "\"true\"", "0", "1", "null", "[]", "{}", "\"\""];

    [Theory, MemberData(nameof(NotTrue))]
    public async Task Address_counts_as_verified_for_the_value_true_alone(string value)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(Engine.Sqlite, provider.Settings);
        foreach (var later in (bool[])[false, true])
        {
            provider.TellsAddressLater = later;
            foreach (var way in (string[])["/login", "/signup"])
            {
                var page = await new Visitor(server).Visit(
                    provider, way, Ada with { Verified = JsonNode.Parse(value) });
                Assert.Contains("has not verified the address", page.Body, Ordinal);
            }
        }

        Assert.Equal(0, await server.Ask<Db, int>(db => db.SignUps.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Code_is_worth_one_login_under_whatever_state(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        await server.SignUpWithGoogle(provider, Ada);
        var (browser, replaying) = (new Visitor(server), new Visitor(server));
        var back = provider.Agree(await browser.Leave("/login"), Ada);
        Assert.Equal("/account", (await browser.Open(back)).Headers["Location"]);
        var fresh = provider.Agree(await replaying.Leave("/login"), Ada);
        var replayed = Code().Replace(fresh, Code().Match(back).Value);
        Assert.Contains(NotVerified, (await replaying.Open(replayed)).Body, Ordinal);
        Assert.Equal(303, (await replaying.Open("/account")).Status);
        Assert.Equal(200, (await browser.Open("/account")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Challenge_that_was_taken_out_on_the_way_leads_to_no_login(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        await server.SignUpWithGoogle(provider, Ada);
        foreach (var stripped in (string[])["code_challenge=[^&]*&?", "code_challenge[^&]*=[^&]*&?"])
        {
            var browser = new Visitor(server);
            var address = Regex.Replace(
                await browser.Leave("/login"), stripped, "", RegexOptions.None, TimeSpan.FromSeconds(1));
            Assert.DoesNotContain("code_challenge=", address, Ordinal);
            Assert.Contains(NotVerified, (await browser.Open(provider.Agree(address, Ada))).Body, Ordinal);
            Assert.Equal(303, (await browser.Open("/account")).Status);
        }
    }

    [Fact]
    public async Task Token_that_names_no_key_is_taken_where_the_provider_has_one_alone()
    {
        await using var provider = await FakeProvider.Start();
        provider.KeyId = null;
        await using var server = await TestServer.Start(Engine.Sqlite, provider.Settings);
        await server.SignUpWithGoogle(provider, Ada);
        // Signed by another key than the published one.
        (provider.PublishedKey, provider.Key) = (provider.Key, Stranger);
        Assert.Contains(NotVerified, (await new Visitor(server).Visit(provider, "/login", Ada)).Body, Ordinal);
        (provider.PublishedKey, provider.Key, provider.OtherKey) = (null, provider.PublishedKey!, Stranger);
        // Two keys: it would have to say which, and both ways to find out are closed.
        await using var late = await TestServer.Start(Engine.Sqlite, provider.Settings);
        Assert.Contains(NotVerified, (await new Visitor(late).Visit(provider, "/login", Ada)).Body, Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Activity_says_which_identity_was_linked_logged_in_and_unlinked(Engine engine)
    {
        await using var provider = await FakeProvider.Start();
        await using var server = await TestServer.Start(engine, provider.Settings);
        var (ada, browser) = (await server.SignUp(), new Visitor(server));
        var led = await browser.Visit(provider, "/login", Ada);
        await browser.GoOn(led, "/oauth/link", ("password", ada.Password));
        var export = (await server.Do(ada, "GET /api/export")).Json();
        var link = export.GetProperty("external_logins")[0].GetProperty("id").GetString();
        await new Visitor(server).Visit(provider, "/signup", Ada);
        Assert.Contains("Logged in with Google", (await browser.Open("/account/activity")).Body, Ordinal);
        Assert.Equal(200, (await server.CallAs(ada, "DELETE /api/oauth/google")).Status);
        var told = (await server.Do(ada, "GET /api/activity")).Json().EnumerateArray()
            .Where(entry => entry.GetProperty("subject").GetString() == link)
            .Select(entry => entry.GetProperty("event").GetString());
        Assert.Equal(
            ["external_login.unlinked", "login.succeeded", "login.succeeded", "external_login.linked"], told);
    }

    [GeneratedRegex("code=[^&]+", RegexOptions.None, 1000)]
    private static partial Regex Code();
}
