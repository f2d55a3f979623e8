using Gatehouse.Data;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Features.Databases;

/// <summary>Databases on a real server: made, changed and dropped, and never anybody else's (wire 4, 8).</summary>
public sealed class HostedDatabaseTests(CustomerServer customers) : IClassFixture<CustomerServer>
{
    [Theory, EveryDatabase]
    public async Task Address_works_and_leads_nowhere_else(Engine engine)
    {
        await using var server = await TestServer.Start(engine, customers.Setting);
        var (ada, bob) = (await server.SignUp(), await server.SignUp("bob@example.org"));
        var (_, url) = await server.MakeFree(ada);
        var (_, other) = await server.MakeFree(bob, "bobs-engine");
        await using var mine = await CustomerServer.Enter(url);
        await mine.Say("CREATE TABLE numbers (n int)");
        Assert.Equal(3, await mine.Say("INSERT INTO numbers VALUES (1), (2), (3)"));
        Assert.StartsWith("gatehouse_", await mine.Ask<string>("SELECT current_database()::text"));
        await using var theirs = await CustomerServer.Enter(other);
        Assert.Equal(0, await theirs.Ask<long>("SELECT count(*) FROM pg_class WHERE relname = 'numbers'"));
        foreach (var database in (string[])[NameIn(other), "postgres", "template1"])
            Assert.Equal("42501", await CustomerServer.Refusal(() => CustomerServer.Enter(url, database)));
        await using var second = await CustomerServer.Enter(url);
        Assert.Equal("53300", await CustomerServer.Refusal(() => CustomerServer.Enter(url)));
        foreach (var forbidden in (string[])
            [
                "CREATE ROLE friend", "CREATE DATABASE more", $"DROP DATABASE {NameIn(other)}",
                "CREATE EXTENSION file_fdw",
                $"SET ROLE {NameIn(other)}", "SET ROLE gatehouse_keeper", "SET ROLE provisioner",
                $"ALTER ROLE {NameIn(url)} CONNECTION LIMIT 100", $"ALTER DATABASE {NameIn(url)} SET work_mem = '1GB'",
                $"GRANT CONNECT ON DATABASE {NameIn(other)} TO {NameIn(url)}",
            ])
            Assert.NotEqual("", await CustomerServer.Refusal(() => mine.Say(forbidden)));
        var password = new Uri(url).UserInfo.Split(':')[1];
        Assert.DoesNotContain(password, await server.DumpWithFiles(), StringComparison.Ordinal);
        Assert.DoesNotContain(password, customers.Log, StringComparison.Ordinal);
        Assert.Contains(NameIn(url), customers.Log, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Destroyed_one_is_gone_with_its_role_whoever_is_connected(Engine engine)
    {
        await using var server = await TestServer.Start(engine, customers.Setting);
        var (ada, bob) = (await server.SignUp(), await server.SignUp("bob@example.org"));
        var (id, url) = await server.MakeFree(ada);
        var (_, other) = await server.MakeFree(bob, "bobs-engine");
        await using var mine = await CustomerServer.Enter(url);
        await mine.Say("CREATE TABLE numbers (n int)");
        await mine.Say("BEGIN; LOCK TABLE numbers");
        await using var theirs = await CustomerServer.Enter(other);
        // Rights of a role in somebody else's database would keep it from being dropped.
        await theirs.Say($"CREATE TABLE t (n int); GRANT SELECT ON t TO {NameIn(url)}");
        await theirs.Say($"ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO {NameIn(url)}");
        var gone = await server.Do(ada, $"DELETE /api/apps/engine/databases/{id}");
        Assert.Equal("DELETED", gone.Data("state"));
        Assert.DoesNotContain(NameIn(url), await customers.List());
        Assert.Equal("28P01", await CustomerServer.Refusal(() => CustomerServer.Enter(url, NameIn(other))));
        Assert.Equal(0, await theirs.Ask<long>("SELECT count(*) FROM t"));
        await server.Do(bob, "DELETE /api/apps/bobs-engine");
        await server.Settle();
        Assert.DoesNotContain(NameIn(other), await customers.List());
        Assert.Equal(0, await server.Ask<Db, int>(db => db.HostedDatabases.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Restart_ends_sessions_and_a_stopped_one_lets_nobody_in(Engine engine)
    {
        await using var server = await TestServer.Start(engine, customers.Setting);
        var ada = await server.SignUp();
        var (id, url) = await server.MakeFree(ada);
        var session = await CustomerServer.Enter(url);
        await session.Say("CREATE TABLE numbers (n int)");
        Assert.Equal("AVAILABLE", (await server.Do(ada, $"PUT /api/apps/engine/databases/{id}/restart")).Data("state"));
        Assert.Equal("57P01", await CustomerServer.Refusal(() => session.Say("SELECT 1")));
        await using (var again = await CustomerServer.Enter(url))
            Assert.Equal(0, await again.Ask<long>("SELECT count(*) FROM numbers"));
        var stopped = await server.Do(ada, $"PUT /api/apps/engine/databases/{id}/stop");
        Assert.Equal("STOPPED", stopped.Data("state"));
        Assert.Contains("until it is started", stopped.Data("note"));
        Assert.Equal("28000", await CustomerServer.Refusal(() => CustomerServer.Enter(url)));
        var refused = await server.CallAs(ada, $"PUT /api/apps/engine/databases/{id}/restart");
        Assert.Equal(422, refused.Status);
        Assert.Equal(url, (await server.Do(ada, $"PUT /api/apps/engine/databases/{id}/start")).Data("url"));
        await using var started = await CustomerServer.Enter(url);
        var activity = (await server.Do(ada, "GET /api/apps/engine/activity")).Body;
        foreach (var told in (string[])["database.restarted", "database.stopped", "database.started"])
            Assert.Contains(told, activity, StringComparison.Ordinal);
        await session.DisposeAsync();
    }

    [Theory, EveryDatabase]
    public async Task Suspension_closes_it_and_its_end_opens_it(Engine engine)
    {
        await using var server = await TestServer.Start(engine, customers.Setting);
        var ada = await server.SignUp();
        var (_, url) = await server.MakeFree(ada);
        await server.Suspend(ada);
        await server.Settle();
        Assert.Equal("28000", await CustomerServer.Refusal(() => CustomerServer.Enter(url)));
        var shown = (await server.ShowDatabase(ada)).Json()[0];
        Assert.Equal("SUSPENDED", shown.GetProperty("state").GetString());
        await server.Suspend(ada, suspended: false);
        await server.Settle();
        await using var again = await CustomerServer.Enter(url);
    }

    [Theory, EveryDatabase]
    public async Task Size_says_how_many_may_connect(Engine engine)
    {
        await using var server = await TestServer.Start(
            engine, customers.Setting, ("Databases:ConnectionsPerGigabyte", "2"));
        var ada = await server.SignUp();
        await server.Upgrade(ada);
        await server.MakeApp(ada, "engine");
        var made = await server.Do(ada, "POST /api/apps/engine/databases", new { size = 0.6 });
        var url = made.Data("url");
        await using var first = await CustomerServer.Enter(url);
        Assert.Equal("53300", await CustomerServer.Refusal(() => CustomerServer.Enter(url)));
        var version = $"POSTGRES_{first.PostgreSqlVersion.Major}";
        Assert.Equal(version, made.Data("version"));
        await server.Do(ada, $"PUT /api/apps/engine/databases/{made.Data("id")}", new { size = 1.7 });
        await using var second = await CustomerServer.Enter(url);
        var wrong = await server.CallAs(
            ada, "POST /api/apps/engine/databases", new { size = 0.6, version = "POSTGRES_9" });
        Assert.Equal(
            $"{{\"errors\":{{\"version\":[\"is not offered by this server, which has {version}\"]}}}}", wrong.Body);
    }

    [Theory, EveryDatabase]
    public async Task What_was_recorded_is_made_when_there_is_a_server(Engine engine)
    {
        await using var without = await TestServer.Start(engine);
        var ada = await without.SignUp();
        await without.MakeApp(ada, "engine");
        var recorded = await without.Do(ada, "POST /api/apps/engine/free_databases", new { });
        Assert.Equal("RECORDED", recorded.Data("state"));
        Assert.Contains("this server makes no databases itself", recorded.Data("note"));
        await using var server = await without.StartTwin(customers.Setting);
        await server.Settle();
        var made = (await server.ShowDatabase(ada)).Json()[0];
        Assert.Equal("AVAILABLE", made.GetProperty("state").GetString());
        await using var session = await CustomerServer.Enter(made.GetProperty("url").GetString()!);
    }

    [Theory, EveryDatabase]
    public async Task Nobody_is_let_in_where_other_databases_are_open_to_all(Engine engine)
    {
        await using var server = await TestServer.Start(engine, customers.Setting);
        var ada = await server.SignUp();
        await server.MakeApp(ada, "engine");
        await customers.Execute("CREATE DATABASE others");
        var pending = await server.Do(ada, "POST /api/apps/engine/free_databases", new { });
        Assert.Equal(("PENDING", ""), (pending.Data("state"), pending.Data("url")));
        Assert.Contains("REVOKE CONNECT ON DATABASE \"others\" FROM PUBLIC;", server.Log.Faults);
        await customers.Execute("DROP DATABASE others");
        await server.Settle();
        Assert.Contains("AVAILABLE", (await server.ShowDatabase(ada)).Body);
    }

    [Theory, EveryDatabase]
    public async Task What_one_server_for_all_cannot_do_says_what_there_is_instead(Engine engine)
    {
        await using var server = await TestServer.Start(engine, customers.Setting);
        var ada = await server.SignUp();
        var (id, _) = await server.MakeFree(ada);
        (string What, string Instead)[] extras =
        [
            ("GET /api/apps/engine/databases/{id}/backups", "pg_dump"),
            ("POST /api/apps/engine/databases/{id}/backups/1/restore", "pg_restore"),
            ("POST /api/apps/engine/databases/{id}/upgrade", "whoever runs the platform"),
            ("POST /api/apps/engine/databases/{id}/read_replicas", "pg:scale"),
        ];
        foreach (var (what, instead) in extras)
        {
            var declined = await server.CallAs(ada, what.Replace("{id}", id, StringComparison.Ordinal));
            Assert.Equal(422, declined.Status);
            Assert.StartsWith("{\"errors\":{\"\":[\"", declined.Body, StringComparison.Ordinal);
            Assert.Contains(instead, declined.Body, StringComparison.Ordinal);
        }

        Assert.Equal("""{"data":[]}""", (await server.Do(
            ada, $"GET /api/apps/engine/databases/{id}/read_replicas")).Body);
    }

    private static string NameIn(string url) => new Uri(url).AbsolutePath.TrimStart('/');
}
