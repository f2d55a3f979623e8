using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>Maintenance mode of apps, and variables that are copied from one to another (wire 4).</summary>
public sealed class MaintenanceTests
{
    [Theory, EveryDatabase]
    public async Task App_says_that_it_is_in_maintenance_and_who_did_it(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.MakeApp(ada, "engine");
        Assert.DoesNotContain("maintenance", (await server.Do(ada, "GET /api/apps/engine")).Body);
        server.Pass(TimeSpan.FromSeconds(1));
        var on = await server.Do(ada, "PUT /api/apps/engine/maintenance", new { enable = true });
        Assert.Equal("""{"data":"maintenance mode is on"}""", on.Body);
        server.Pass(TimeSpan.FromSeconds(1));
        await server.Do(ada, "PUT /api/apps/engine/maintenance", new { enable = true });
        Assert.Contains("\"maintenance\":true", (await server.Do(ada, "GET /api/apps/engine")).Body);
        server.Pass(TimeSpan.FromSeconds(1));
        var off = await server.Do(ada, "PUT /api/apps/engine/maintenance", new { enable = false });
        Assert.Equal("""{"data":"maintenance mode is off"}""", off.Body);
        Assert.DoesNotContain("maintenance", (await server.Do(ada, "GET /api/apps/engine")).Body);
        var events = (await server.Do(ada, "GET /api/apps/engine/activity")).Json().EnumerateArray()
            .Select(told => told.GetProperty("event").GetString()!);
        Assert.Equal(["app.maintenance_off", "app.maintenance_on", "app.created"], events);
        (object Body, string Says)[] wrong =
            [(new { }, "\"enable\":[\"is required\"]"), (new { enable = "yes" }, "\"enable\":[\"is invalid\"]")];
        foreach (var (body, says) in wrong)
        {
            var refused = await server.CallAs(ada, "PUT /api/apps/engine/maintenance", body);
            Assert.Equal((422, $"{{\"errors\":{{{says}}}}}"), (refused.Status, refused.Body));
        }

        await server.Suspend(ada);
        Assert.Equal(403, (await server.CallAs(ada, "PUT /api/apps/engine/maintenance", new { enable = true })).Status);
    }

    [Theory, EveryDatabase]
    public async Task Variables_are_copied_between_apps_that_are_both_the_callers_to_change(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, bob) = (await server.SignUp(), await server.SignUp("bob@example.org"));
        await server.Upgrade(ada);
        await server.MakeApp(ada, "engine");
        await server.MakeApp(ada, "copy");
        await server.MakeApp(bob, "foreign");
        await server.Do(ada, "POST /api/apps/engine/configs", new { configs = new { A = "1", B = "s3cret" } });
        await server.Do(ada, "POST /api/apps/copy/configs", new { configs = new { B = "old", C = "3" } });
        var copied = await server.Do(ada, "POST /api/apps/copy/configs/copy", new { from = "engine" });
        Assert.Equal("""{"data":{"A":"1","B":"s3cret","C":"3"}}""", copied.Body);
        Assert.Equal(copied.Body, (await server.Do(ada, "GET /api/apps/copy/configs")).Body);
        Assert.Contains("set A, B", (await server.Do(ada, "GET /api/apps/copy/activity")).Body);
        Assert.DoesNotContain("s3cret", await server.DumpWithFiles(), StringComparison.Ordinal);
        foreach (var (app, from, status) in new[]
                 {
                     ("copy", "foreign", 404), ("foreign", "copy", 404), ("copy", "", 422), ("copy", "nothing", 404),
                 })
            Assert.Equal(
                status, (await server.CallAs(ada, $"POST /api/apps/{app}/configs/copy", new { from })).Status);
        await server.Do(ada, "POST /api/apps/engine/permissions", new { email = bob.Email, role = "VIEWER" });
        var viewer = await server.CallAs(bob, "POST /api/apps/foreign/configs/copy", new { from = "engine" });
        Assert.Equal(403, viewer.Status);
    }
}
