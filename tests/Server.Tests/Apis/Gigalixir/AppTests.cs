using Gatehouse.Data;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>Apps over the wire (wire 4; contract 5), answer for answer.</summary>
public sealed class AppTests
{
    [Theory, EveryDatabase]
    public async Task Free_account_sees_this(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        var text = await server.Transcript(
            ada,
            ("GET /api/apps", null),
            ("POST /api/apps", new { unique_name = "Calculating-Engine" }),
            ("GET /api/apps", null),
            ("GET /api/apps/calculating-engine", null),
            ("GET /api/apps/calculating%2Dengine/status", null),
            ("POST /api/apps", new { }),
            ("PUT /api/apps/calculating-engine/scale", new { replicas = 1 }),
            ("PUT /api/apps/calculating-engine/scale", new { replicas = 2 }),
            ("PUT /api/apps/calculating-engine/scale", new { size = 0.3 }),
            ("PUT /api/apps/calculating-engine/scale", new { replicas = 17 }),
            ("PUT /api/apps/calculating-engine/scale", new { replicas = -1 }),
            ("PUT /api/apps/calculating-engine/scale", new { replicas = 1.5 }),
            ("PUT /api/apps/calculating-engine/scale", new { size = 0.25 }),
            ("PUT /api/apps/calculating-engine/scale", new { size = 128.1 }),
            ("PUT /api/apps/calculating-engine/scale", new { size = "0.2" }),
            ("PUT /api/apps/calculating-engine/scale", new { }),
            ("PUT /api/apps/calculating-engine/restart", null),
            ("PUT /api/apps/calculating-engine/stack", new { stack = "gigalixir-22" }),
            ("PUT /api/apps/calculating-engine/stack", new { stack = "windows-95" }),
            ("GET /api/apps/calculating-engine/activity", null),
            ("GET /api/users", null),
            ("GET /api/apps/calculating-engine/releases", null),
            ("GET /api/apps/nothing/status", null),
            ("DELETE /api/apps/calculating-engine", null),
            ("GET /api/apps/calculating-engine", null),
            ("DELETE /api/apps/calculating-engine", null));
        Golden.Matches("Apis/Gigalixir/apps.txt", text);
    }

    [Theory, EveryDatabase]
    public async Task Names_and_places_are_chosen_or_checked(Engine engine)
    {
        await using var server = await TestServer.Start(engine, ("Tiers:Free:Apps", "1000"));
        var (ada, bob) = (await server.SignUp(), await server.SignUp("bob@example.org"));
        for (var i = 0; i < 30; i++)
            Assert.Matches(
                "^[a-z]+-[a-z]+-[a-z]+$", (await server.Do(ada, "POST /api/apps")).Data("unique_name"));
        await server.MakeApp(bob, "taken");
        (object Body, string Expected)[] wishes =
        [
            (new { unique_name = "taken" }, "\"unique_name\":[\"has already been taken\"]"),
            (new { unique_name = "TAKEN " }, "\"unique_name\":[\"has already been taken\"]"),
            (new { unique_name = "admin" }, "\"unique_name\":[\"has already been taken\"]"),
            (new { unique_name = "" }, "\"unique_name\":[\"is required\"]"),
            (new { unique_name = "a" }, "\"unique_name\":[\"is invalid\"]"),
            (new { unique_name = "a_b" }, "\"unique_name\":[\"is invalid\"]"),
            (new { unique_name = "1st" }, "\"unique_name\":[\"is invalid\"]"),
            (new { unique_name = "a/../b" }, "\"unique_name\":[\"is invalid\"]"),
            (new { unique_name = "a\0b" }, "\"unique_name\":[\"is invalid\"]"),
            (new { unique_name = new string('x', 50) }, "\"unique_name\":[\"is invalid\"]"),
            (new { unique_name = 7 }, "\"unique_name\":[\"is invalid\"]"),
            (new { cloud = "azure" }, "\"cloud\":[\"is not offered by this server\"]"),
            (new { cloud = "aws", region = "europe-west1" }, "\"region\":[\"is not offered by this server\"]"),
            (new { stack = "windows-95" }, "\"stack\":[\"is not offered by this server\"]"),
        ];
        foreach (var (body, expected) in wishes)
        {
            var refused = await server.CallAs(ada, "POST /api/apps", body);
            Assert.Equal((422, $"{{\"errors\":{{{expected}}}}}"), (refused.Status, refused.Body));
        }

        var made = await server.Do(ada, "POST /api/apps", new { region = "us-west-2", stack = "gigalixir-22" });
        Assert.Equal(
            ("aws", "us-west-2", "gigalixir-22"), (made.Data("cloud"), made.Data("region"), made.Data("stack")));
        Assert.Equal(31, await Count(server, ada));
    }

    [Theory, EveryDatabase]
    public async Task What_is_not_there_and_what_is_somebody_elses_are_the_same(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, bob) = (await server.SignUp(), await server.SignUp("bob@example.org"));
        await server.MakeApp(ada, "engine");
        foreach (var route in AppRoutes.All)
        {
            var foreign = await server.CallAs(bob, route.At("engine"), route.Body);
            var nothing = await server.CallAs(bob, route.At("nothing"), route.Body);
            Assert.Equal(
                (route.What, 404, """{"errors":{"":["App not found"]}}"""),
                (route.What, foreign.Status, foreign.Body));
            Assert.Equal(nothing.Shape, foreign.Shape);
            foreach (var odd in (string[])["a%20b", "%F0%9F%94%91", "a%2Fb", "%25"])
                Assert.Equal(404, (await server.CallAs(bob, route.At(odd), route.Body)).Status);
        }
    }

    [Theory, EveryDatabase]
    public async Task Destroying_takes_all_along_and_what_was_used_stays(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, _) = (await server.SignUp(), await server.SignUp("bob@example.org"));
        await server.Upgrade(ada);
        await server.MakeApp(ada, "engine");
        await server.Do(ada, "PUT /api/apps/engine/scale", new { replicas = 2, size = 0.5 });
        await server.Do(ada, "POST /api/apps/engine/databases", new { size = 0.6 });
        await server.Do(ada, "POST /api/apps/engine/domains", new { fqdn = "www.example.com" });
        await server.Do(ada, "POST /api/apps/engine/permissions", new { email = "bob@example.org" });
        await server.Do(ada, "POST /api/apps/engine/configs", new { configs = new { A = "b" } });
        server.Pass(TimeSpan.FromSeconds(7));
        await server.Do(ada, "DELETE /api/apps/engine");
        var left = await server.Ask<Db, int>(async db =>
            await db.Apps.CountAsync() + await db.AppDatabases.CountAsync() + await db.Domains.CountAsync()
            + await db.Collaborators.CountAsync() + await db.AppConfigs.CountAsync() + await db.AppEvents.CountAsync()
            + await db.Accounts.SumAsync(a => a.AppCount + a.DatabaseCount)
            + await db.UsageIntervals.CountAsync(i => i.EndsAt == null));
        Assert.Equal(0, left);
        Assert.Equal(2, await server.Ask<Db, int>(db => db.UsageIntervals.CountAsync()));
        await server.MakeApp(ada, "engine");
        await server.Do(ada, "POST /api/apps/engine/domains", new { fqdn = "www.example.com" });
    }

    [Theory, EveryDatabase]
    public async Task Owner_finds_every_change_in_the_audit_log_and_no_collaborators_place(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, bob) = (await server.SignUp(), await server.SignUp("bob@example.org"));
        await server.Upgrade(ada);
        await server.MakeApp(ada, "engine");
        server.Pass(TimeSpan.FromSeconds(1));
        await server.Do(ada, "POST /api/apps/engine/permissions", new { email = "bob@example.org" });
        server.Pass(TimeSpan.FromSeconds(1));
        await server.Call(
            "PUT /api/apps/engine/scale", new { replicas = 1 }, from: "198.51.100.77", authorization: bob.Basic);
        var log = (await server.Do(ada, "GET /api/activity")).Body;
        foreach (var told in (string[])["app.created", "access.granted", "app.scaled"])
            Assert.Contains(told, log, StringComparison.Ordinal);
        Assert.DoesNotContain("198.51.100.77", log, StringComparison.Ordinal);
        Assert.DoesNotContain("app.scaled", (await server.Do(bob, "GET /api/activity")).Body, StringComparison.Ordinal);
        var activity = (await server.Do(bob, "GET /api/apps/engine/activity")).Json().EnumerateArray().ToList();
        Assert.Equal(
            [("app.scaled", "1 x 0.2", "bob@example.org"), ("access.granted", "collaborator", ada.Email),
                ("app.created", "engine", ada.Email)],
            activity.Select(e => (
                e.GetProperty("event").GetString()!, e.GetProperty("detail").GetString()!,
                e.GetProperty("actor").GetString()!)));
    }

    [Theory, EveryDatabase]
    public async Task Account_with_apps_is_not_closed_and_the_plan_names_them(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.MakeApp(ada, "engine");
        Assert.Equal(["engine"], (await server.Do(ada, "GET /api/users/destroy")).Texts("apps"));
        var refused = await server.CallAs(ada, "DELETE /api/users/destroy", new { email = ada.Email });
        Assert.Equal(
            (422, """{"errors":{"":["You must first destroy all your apps"]}}"""), (refused.Status, refused.Body));
        Assert.Contains("\"unique_name\":\"engine\"", (await server.Do(ada, "GET /api/export")).Body);
        await server.Do(ada, "DELETE /api/apps/engine");
        await server.Do(ada, "DELETE /api/users/destroy", new { email = ada.Email });
    }

    private static async Task<int> Count(TestServer server, Customer who) =>
        (await server.Do(who, "GET /api/apps")).Json().GetArrayLength();
}
