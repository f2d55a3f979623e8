using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>Limits of a tier hold whoever comes at the same moment (security 113), and say what lifts them.</summary>
public sealed class AppLimitTests
{
    private static readonly int Times = Soak.Times(64, 200);

    [Theory, EveryDatabase]
    public async Task Of_many_second_apps_at_two_nodes_none_is_made(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var ada = await server.SignUp();
        var answers = await AccountSteps.Race(Times, server, twin, node => node.CallAs(ada, "POST /api/apps"));
        Assert.Single(answers, answer => answer.Status == 201);
        Assert.All(answers.Where(answer => answer.Status != 201), answer => Assert.Equal(422, answer.Status));
        var bodies = answers.Where(answer => answer.Status != 201).Select(answer => answer.Body).Distinct();
        Golden.Matches("Apis/Gigalixir/second-app.json", Assert.Single(bodies));
        Assert.Equal((1, 1, 1), await server.Ask<Db, (int, int, int)>(async db => (
            await db.Apps.CountAsync(),
            (await db.Accounts.SingleAsync()).AppCount,
            await db.AuditEntries.CountAsync(entry => entry.Event == AuditEvent.AppCreated))));
    }

    [Theory, EveryDatabase]
    public async Task Of_many_second_free_databases_at_two_nodes_none_is_made(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var ada = await server.SignUp();
        await server.MakeApp(ada, "engine");
        var answers = await AccountSteps.Race(
            Times, server, twin, node => node.CallAs(ada, "POST /api/apps/engine/free_databases", new { }));
        Assert.Single(answers, answer => answer.Status == 201);
        Assert.Equal(Times - 1, answers.Count(answer => answer.Status == 422
            && answer.Body.Contains("\"limit\":{\"name\":\"databases\"", StringComparison.Ordinal)));
        Assert.Equal((1, 1), await server.Ask<Db, (int, int)>(async db => (
            await db.AppDatabases.CountAsync(), (await db.Accounts.SingleAsync()).DatabaseCount)));
    }

    [Theory, EveryDatabase]
    public async Task Same_name_is_given_once(Engine engine)
    {
        await using var server = await TestServer.Start(engine, ("Tiers:Free:Apps", "100"));
        await using var twin = await server.StartTwin(("Tiers:Free:Apps", "100"));
        var (ada, bob) = (await server.SignUp(), await server.SignUp("bob@example.org"));
        var next = 0;
        var answers = await AccountSteps.Race(16, server, twin, node => node.CallAs(
            Interlocked.Increment(ref next) % 2 == 0 ? ada : bob, "POST /api/apps", new { unique_name = "engine" }));
        Assert.Single(answers, answer => answer.Status == 201);
        Assert.Equal(15, answers.Count(
            answer => answer.Body == """{"errors":{"unique_name":["has already been taken"]}}"""));
        Assert.Equal(1, await server.Ask<Db, int>(db => db.Accounts.SumAsync(a => a.AppCount)));
    }

    [Theory, EveryDatabase]
    public async Task Domains_and_people_of_an_app_are_counted_too(Engine engine)
    {
        (string, string)[] limits = [("Tiers:Standard:Domains", "3"), ("Tiers:Standard:Collaborators", "2")];
        await using var server = await TestServer.Start(engine, limits);
        await using var twin = await server.StartTwin(limits);
        var ada = await server.SignUp();
        await server.Upgrade(ada);
        await server.MakeApp(ada, "engine");
        var next = 0;
        var domains = await AccountSteps.Race(12, server, twin, node => node.CallAs(
            ada, "POST /api/apps/engine/domains", new { fqdn = $"w{Interlocked.Increment(ref next)}.example.com" }));
        Assert.Equal(3, domains.Count(answer => answer.Status == 201));
        var people = await AccountSteps.Race(12, server, twin, node => node.CallAs(
            ada,
            "POST /api/apps/engine/permissions",
            new { email = $"p{Interlocked.Increment(ref next)}@example.org" }));
        Assert.Equal(2, people.Count(answer => answer.Status == 201));
        Assert.Contains(people, answer => answer.Body.Contains(
            "STANDARD allows 2 collaborators an app, and you have 2. No tier allows more.", StringComparison.Ordinal));
        Assert.Equal((3, 2), await server.Ask<Db, (int, int)>(async db => (
            await db.Domains.CountAsync(), await db.Collaborators.CountAsync())));
    }

    [Theory, EveryDatabase]
    public async Task Suspended_account_looks_and_leaves_and_gets_nothing_more(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.Upgrade(ada);
        await server.MakeApp(ada, "engine");
        await server.Do(ada, "PUT /api/apps/engine/scale", new { replicas = 2 });
        await server.Suspend(ada);
        (string What, object? Body)[] more =
        [
            ("POST /api/apps", null), ("PUT /api/apps/engine/scale", new { replicas = 3 }),
            ("PUT /api/apps/engine/restart", null), ("POST /api/apps/engine/databases", new { size = 0.6 }),
            ("POST /api/apps/engine/domains", new { fqdn = "www.example.com" }),
            ("POST /api/apps/engine/permissions", new { email = "bob@example.org" }),
            ("POST /api/apps/engine/configs", new { configs = new { A = "b" } }),
        ];
        foreach (var (what, body) in more)
        {
            var refused = await server.CallAs(ada, what, body);
            Assert.Equal(
                (what, """403 {"errors":{"":["This account is suspended."]}}"""), (what, refused.ToString()));
        }

        Assert.Equal("suspended", (await server.Do(ada, "GET /api/users")).Data("status"));
        await server.Do(ada, "PUT /api/apps/engine/scale", new { replicas = 1 });
        await server.Do(ada, "DELETE /api/apps/engine");
    }

    [Theory, EveryDatabase]
    public async Task Prepaid_account_needs_credits_for_what_it_adds(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.Upgrade(ada, withCard: false);
        Assert.Equal("prepaid", (await server.Do(ada, "GET /api/users")).Data("status"));
        await server.MakeApp(ada, "engine");
        (string What, object Body)[] paid =
        [
            ("PUT /api/apps/engine/scale", new { replicas = 1 }),
            ("POST /api/apps/engine/databases", new { size = 0.6 }),
        ];
        foreach (var (what, body) in paid)
            Assert.Equal(
                """422 {"errors":{"":["There are not enough credits."]}}""",
                (await server.CallAs(ada, what, body)).ToString());
        await server.GiveCredits(ada.Email, 1_000_000_000);
        foreach (var (what, body) in paid) await server.Do(ada, what, body);
    }
}
