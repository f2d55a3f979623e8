using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Audit;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Features.Audit;

/// <summary>Every change is told, and whoever changes what was told is found out.</summary>
public sealed class VerifyAuditTests
{
    private const string Email = "ada@example.org";

    [Theory, EveryDatabase]
    public async Task Every_change_has_its_entry(Engine engine)
    {
        await using var server = await Prepared(engine);
        var events = await server.Ask<Db, List<string>>(
            db => db.AuditEntries.OrderBy(entry => entry.Sequence).Select(entry => entry.Event).ToListAsync());
        Assert.Equal(
            [
                AuditEvent.AccountCreated, AuditEvent.EmailConfirmed, AuditEvent.KeyCreated,
                AuditEvent.LoginSucceeded, AuditEvent.KeyCreated, AuditEvent.LoginFailed, AuditEvent.KeyRevoked,
            ],
            events);
        Assert.Equal((7, ""), await Verify(server));
    }

    [Theory, EveryDatabase]
    public async Task Altered_entry_is_named(Engine engine)
    {
        await using var server = await Prepared(engine);
        await server.Ask<Db, int>(db => db.AuditEntries.Where(entry => entry.Sequence == 6)
            .ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Event, AuditEvent.LoginSucceeded)));
        Assert.Contains("entry 6 was altered.", (await Verify(server)).Faults, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Entry_that_was_altered_with_its_hash_is_named_by_the_next_one(Engine engine)
    {
        await using var server = await Prepared(engine);
        await server.Ask<Db, int>(async db =>
        {
            var entry = await db.AuditEntries.AsNoTracking().SingleAsync(entry => entry.Sequence == 6);
            typeof(AuditEntry).GetProperty(nameof(AuditEntry.Event))!.SetValue(entry, AuditEvent.LoginSucceeded);
            var (name, hash) = (entry.Event, entry.ComputeHash());
            return await db.AuditEntries.Where(row => row.Sequence == 6).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Event, name).SetProperty(row => row.Hash, hash));
        });
        Assert.Contains("entry 7 does not follow", (await Verify(server)).Faults, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Deleted_entry_is_named(Engine engine)
    {
        await using var server = await Prepared(engine);
        await server.Ask<Db, int>(db => db.AuditEntries.Where(entry => entry.Sequence == 3).ExecuteDeleteAsync());
        Assert.Contains("entry 4: entry 3 is missing.", (await Verify(server)).Faults, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Deleted_end_is_noticed(Engine engine)
    {
        await using var server = await Prepared(engine);
        await server.Ask<Db, int>(db => db.AuditEntries.Where(entry => entry.Sequence >= 6).ExecuteDeleteAsync());
        Assert.Contains("does not end where it should", (await Verify(server)).Faults, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Reordered_entries_are_named(Engine engine)
    {
        await using var server = await Prepared(engine);
        foreach (var (from, to) in ((long, long)[])[(4, 99), (5, 4), (99, 5)])
        {
            await server.Ask<Db, int>(db => db.Database.ExecuteSqlAsync(
                $"UPDATE audit_entries SET sequence = {to} WHERE sequence = {from}"));
        }

        var faults = (await Verify(server)).Faults;
        Assert.Contains("entry 4", faults, StringComparison.Ordinal);
        Assert.Contains("entry 5", faults, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Chain_holds_under_parallel_changes_on_two_nodes(Engine engine)
    {
        (string, string)[] unlimited =
        [
            ("Limits:PasswordPerNetwork", "0"), ("Limits:PasswordPerAccount", "0"),
            ("Limits:FailuresPerAddressIn5Minutes", "0"), ("Accounts:Hashing:Queue", "1000"),
        ];
        await using var server = await TestServer.Start(engine, unlimited);
        await using var twin = await server.StartTwin(unlimited);
        await server.SignUp(Email);
        await Task.WhenAll(Enumerable.Range(0, 24)
            .Select(i => (i % 2 == 0 ? server : twin).LogIn(Email, "a wrong password")));
        Assert.Equal((27, ""), await Verify(server));
    }

    [Theory, EveryDatabase]
    public async Task Nothing_that_a_client_sends_makes_a_second_line(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        string[] sent =
        [
            "a\u001b[31mb", "a\u2028b", "a\u0085b", "a\u202eb", new('\u00fc', 300),
            new string('a', 199) + "\U0001f511",
        ];
        foreach (var agent in sent)
        {
            await server.Call(
                "POST /api/login", new { email = Email, password = "wrong" }, null, null, ("User-Agent", agent));
        }

        var agents = await server.Ask<Db, List<string>>(
            db => db.AuditContexts.Select(row => row.UserAgent).ToListAsync());
        Assert.NotEmpty(agents);
        Assert.All(agents, agent => Assert.DoesNotContain(
            agent, c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\u202e'));
        Assert.All(agents, agent => Assert.InRange(agent.Length, 0, 200));
    }

    /// <summary>Sign-up, log-in, a wrong password and a log-out: seven entries.</summary>
    private static async Task<TestServer> Prepared(Engine engine)
    {
        var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        await server.LogIn(Email, ada.Password);
        await server.LogIn(Email, "a wrong password");
        await server.Call("DELETE /api/login", authorization: ada.Basic);
        return server;
    }

    private static async Task<(long Checked, string Faults)> Verify(TestServer server)
    {
        var (count, faults) = await server.Ask<VerifyAudit, (long, IReadOnlyList<string>)>(
            verify => verify.Run(Caller.Operator, Email, CancellationToken.None));
        return (count, string.Join('\n', faults));
    }
}
