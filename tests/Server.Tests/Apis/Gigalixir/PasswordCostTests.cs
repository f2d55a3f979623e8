using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>A log-in costs one hash, whatever the account, and never more than the machine has (T2, T20).</summary>
public sealed class PasswordCostTests
{
    private const string Email = "ada@example.org";

    [Theory, EveryDatabase]
    public async Task Wrong_password_costs_one_hash_and_as_many_statements_whatever_the_account(Engine engine)
    {
        await using var server = await TestServer.Start(engine, ("Limits:FailuresPerAddressIn5Minutes", "0"));
        await server.SignUp(Email);
        await server.Call("POST /api/free_users", new { email = "bob@example.org", password = SignUpSteps.Password });
        await server.SignUp("cyd@example.org");
        await server.Ask<Db, int>(db => db.Accounts.Where(account => account.Email == "cyd@example.org")
            .ExecuteUpdateAsync(set => set.SetProperty(account => account.PasswordHash, (string?)null)));
        string[] classes = [Email, "bob@example.org", "cyd@example.org", "nobody@example.org", "no address", "a\0b"];
        var costs = new List<(string, long Hashes, int Statements)>();
        foreach (var identifier in classes)
        {
            await server.LogIn(identifier, "a first wrong password");
            using var statements = new CommandCount(server);
            var before = server.Hashing.Computed;
            Assert.Equal(401, (await server.LogIn(identifier, "a wrong password")).Status);
            costs.Add((identifier, server.Hashing.Computed - before, statements.Value));
        }

        Assert.All(costs, cost => Assert.Equal((1, costs[0].Statements), (cost.Hashes, cost.Statements)));
    }

    /// <summary>As many at once, all of them counted before the first is hashed.</summary>
    [Theory, EveryDatabase]
    public async Task Flood_of_registrations_costs_no_more_hashes_than_the_limit_lets_be(Engine engine)
    {
        await using var server = await TestServer.Start(
            engine, ("Limits:SignUpsPerAddress", "4"), ("Limits:SignUpsPerEmail", "0"));
        await server.SignUp(Email, from: "203.0.113.1");
        foreach (var (email, from) in new (string, string)[]
            { (Email, "198.51.100.1"), ("bob@example.org", "198.51.100.2") })
        {
            var before = server.Hashing.Computed;
            for (var weak = 0; weak < 6; weak++)
                Assert.Equal(422, (await Register(server, email, "password", from)).Status);
            Assert.Equal(before, server.Hashing.Computed);
            var flood = await Task.WhenAll(
                Enumerable.Range(0, 24).Select(_ => Register(server, email, SignUpSteps.Password, from)));
            Assert.Equal((4, 20), (flood.Count(a => a.Status == 200), flood.Count(a => a.Status == 429)));
            Assert.Equal(4, server.Hashing.Computed - before);
        }
    }

    [Theory, EveryDatabase]
    public async Task Full_queue_answers_at_once_and_keys_go_on_working(Engine engine)
    {
        await using var server = await TestServer.Start(
            engine, [.. TestServer.RealHashing, ("Accounts:Hashing:Queue", "0")]);
        var ada = await server.SignUp(Email);
        using var stop = new CancellationTokenSource();
        var flood = Flood(server, ada.Password, stop.Token);
        Answer busy;
        do busy = await server.LogIn("bob@example.org", "a wrong password", "198.51.100.1");
        while (busy.Status == 401);
        Assert.Equal((503, true), (busy.Status, busy.RetryAfter > 0));
        Assert.Equal(200, await server.StatusOfKey(Email, ada.Key));
        await stop.CancelAsync();
        await flood;
        Assert.Equal(200, (await server.LogIn(Email, ada.Password)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Busy_server_counts_no_attempt(Engine engine)
    {
        await using var server = await TestServer.Start(
            engine, [.. TestServer.RealHashing, ("Accounts:Hashing:Queue", "0")]);
        var ada = await server.SignUp(Email);
        using var stop = new CancellationTokenSource();
        var flood = Flood(server, ada.Password, stop.Token);
        for (var busy = 0; busy < 10;)
        {
            var answer = await server.LogIn(Email, ada.Password, "198.51.100.1");
            Assert.NotEqual(429, answer.Status);
            if (answer.Status == 503) busy++;
        }

        await stop.CancelAsync();
        await flood;
        Assert.Equal(200, (await server.LogIn(Email, ada.Password, "198.51.100.1")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Login_brings_the_hash_up_to_a_raised_setting(Engine engine)
    {
        await using var server = await TestServer.Start(engine, TestServer.RealHashing);
        var ada = await server.SignUp(Email);
        Assert.StartsWith("$argon2id$v=19$m=7168,t=5,p=1$", await HashOf(server), StringComparison.Ordinal);
        await using var raised = await server.StartTwin(
            ("Accounts:Hashing:MemoryKiB", "8192"), ("Accounts:Hashing:Passes", "6"));
        Assert.Equal(401, (await raised.LogIn(Email, "a wrong password")).Status);
        Assert.StartsWith("$argon2id$v=19$m=7168,t=5,p=1$", await HashOf(server), StringComparison.Ordinal);
        Assert.Equal(200, (await raised.LogIn(Email, ada.Password)).Status);
        Assert.StartsWith("$argon2id$v=19$m=8192,t=6,p=1$", await HashOf(server), StringComparison.Ordinal);
        Assert.Equal(200, (await raised.LogIn(Email, ada.Password)).Status);
        Assert.Equal(401, (await raised.LogIn(Email, "a wrong password")).Status);
    }

    [Fact]
    public async Task Every_byte_of_a_password_counts()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        foreach (var at in (int[])[72, 73, 255, 1023])
        {
            var (one, other) = (new string('x', at - 1) + "a", new string('x', at - 1) + "b");
            Assert.True(await IsSame(server, one, one));
            Assert.False(await IsSame(server, one, other), $"byte {at}");
            Assert.False(await IsSame(server, one, one[..^1]), $"without byte {at}");
        }

        Assert.False(await IsSame(server, "before\0after", "before\0other"));
        Assert.False(await IsSame(server, "before\0after", "before"));
        Assert.True(await IsSame(server, "caf\u0065\u0301 noir", "caf\u00e9 noir"));
    }

    private static Task<Answer> Register(TestServer server, string email, string password, string from) =>
        server.Call("POST /api/free_users", new { email, password }, from);

    private static async Task<bool> IsSame(TestServer server, string stored, string given)
    {
        var hash = await server.Hashing.Hash(Parsed(stored), CancellationToken.None);
        Assert.True(hash.Is(out var text, out _));
        var verified = await server.Hashing.Verify(text, Parsed(given), CancellationToken.None);
        Assert.True(verified.Is(out var isSame, out _));
        return isSame;
    }

    private static Password Parsed(string text) =>
        Password.Parse(text).Match(password => password, refusal => throw new InvalidOperationException($"{refusal}"));

    /// <summary>Keeps every core busy with hashes until told to stop.</summary>
    private static Task Flood(TestServer server, string password, CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, 2 * Environment.ProcessorCount).Select(_ => Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                    await server.Hashing.Hash(Parsed(password), CancellationToken.None);
            },
            CancellationToken.None)));

    private static Task<string?> HashOf(TestServer server) =>
        server.Ask<Db, string?>(db => db.Accounts.Select(account => account.PasswordHash).SingleAsync());
}
