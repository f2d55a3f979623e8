using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>Presenting a key: junk is cheap, revocation is everywhere at once (T87, T89, T91).</summary>
public sealed class ApiKeyTests
{
    private const string Email = "ada@example.org";

    [Theory, EveryDatabase]
    public async Task Key_works_in_every_encoding_and_spelling_of_its_address(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        Assert.Equal(200, await server.StatusOfKey(Email, ada.Key));
        Assert.Equal(200, await server.StatusOfKey("ADA%40Example.ORG", ada.Key));
        Assert.Equal(200, await server.StatusOfKey(Email, ada.Key.Replace("_", "%5F", StringComparison.Ordinal)));
    }

    [Theory, EveryDatabase]
    public async Task Every_wrong_key_is_answered_alike(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, bob) = (await server.SignUp(Email), await server.SignUp("bob@example.org"));
        (string User, string Key)[] wrong =
        [
            (Email, "junk"), (Email, ""), (Email, ada.Key + "0"), (Email, ada.Key[..^1]),
            (Email, ada.Key.ToUpperInvariant()),
            (Email, ApiKeyText.Generate().Reveal()), (Email, bob.Key), ("bob@example.org", ada.Key), ("", ada.Key),
            (ada.UserName, ada.Key), ("nobody@example.org", ada.Key), ("\0", ada.Key),
            ("\u212aim@example.org", ada.Key),
        ];
        var shapes = new HashSet<string>();
        foreach (var (user, key) in wrong)
            shapes.Add((await server.Call("GET /api/users", authorization: SignUpSteps.Basic(user, key))).Shape);
        Assert.StartsWith("401", Assert.Single(shapes), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Expired_key_is_refused(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var ends = server.Now.AddHours(1);
        await server.Ask<Db, int>(db =>
            db.ApiKeys.ExecuteUpdateAsync(set => set.SetProperty(key => key.ExpiresAt, ends)));
        server.Pass(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        Assert.Equal(200, await server.StatusOfKey(Email, ada.Key));
        server.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(401, await server.StatusOfKey(Email, ada.Key));
    }

    [Theory, EveryDatabase]
    public async Task Junk_costs_no_statement_and_a_good_key_two(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        await Keys();
        string[] malformed = ["junk", "", ada.Key[..^1] + "!", "gate_" + new string('0', 36), ada.Password];
        using (var junk = new CommandCount(server))
        {
            foreach (var key in malformed)
                Assert.Equal(401, await server.StatusOfKey(Email, key));
            Assert.Equal(0, junk.Value);
        }

        using var good = new CommandCount(server);
        await Keys();
        Assert.Equal(2, good.Value);

        // One statement for the key, one for what is asked with it.
        async Task Keys() =>
            Assert.Equal(200, (await server.Call("GET /api/ssh_keys", authorization: ada.Basic)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Place_with_too_many_unknown_keys_has_to_pause_without_reaching_the_database(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        for (var i = 0; i < 30; i++) Assert.Equal(401, await Unknown(server));
        Assert.Equal(429, await Unknown(server));
        using (var paused = new CommandCount(server))
        {
            Assert.Equal(429, await Unknown(server));
            Assert.Equal(0, paused.Value);
        }

        Assert.Equal(200, await server.StatusOfKey(Email, ada.Key, "198.51.100.1"));
        server.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(401, await Unknown(server));
    }

    [Theory, EveryDatabase]
    public async Task Key_revoked_at_one_node_is_refused_at_the_other_at_once(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var ada = await server.SignUp(Email);
        for (var round = 0; round < Soak.Times(5, 1000); round++)
        {
            var key = (await server.LogIn(Email, ada.Password)).Data("key");
            Assert.Equal(200, await twin.StatusOfKey(Email, key));
            var revoked = await server.Call("DELETE /api/login", authorization: SignUpSteps.Basic(Email, key));
            Assert.Equal(200, revoked.Status);
            Assert.Equal(401, await twin.StatusOfKey(Email, key));
            server.Pass(TimeSpan.FromMinutes(1));
        }
    }

    [Theory, EveryDatabase]
    public async Task Thousand_keys_are_kept_and_the_least_recently_used_one_goes(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        await server.Ask<Db, int>(async db =>
        {
            var account = await db.Accounts.SingleAsync();
            for (var i = 1; i < ApiKey.MostPerAccount; i++)
            {
                var at = server.Now.AddMinutes(i);
                db.ApiKeys.Add(ApiKey.ForLogin(account.Id, $"key-{i}", BitConverter.GetBytes(i), at, at));
            }
            return await db.SaveChangesAsync();
        });
        server.Pass(TimeSpan.FromDays(1));
        Assert.Equal(200, await server.StatusOfKey(Email, ada.Key));
        Assert.Equal(200, (await server.LogIn(Email, ada.Password)).Status);
        var names = await server.Ask<Db, List<string>>(db => db.ApiKeys.Select(key => key.Name).ToListAsync());
        Assert.Equal(ApiKey.MostPerAccount, names.Count);
        Assert.DoesNotContain("key-1", names);
        Assert.Contains("key-2", names);
        Assert.Equal(200, await server.StatusOfKey(Email, ada.Key));
    }

    private static Task<int> Unknown(TestServer server) =>
        server.StatusOfKey(Email, ApiKeyText.Generate().Reveal(), "203.0.113.7");
}
