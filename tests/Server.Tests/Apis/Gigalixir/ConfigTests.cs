using Gatehouse.Data;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>Variables of apps (wire 4): whole, limited, and readable nowhere but by those who may.</summary>
public sealed class ConfigTests
{
    private const string Route = "/api/apps/engine/configs";

    [Theory, EveryDatabase]
    public async Task Variable_is_set_listed_and_unset(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.MakeApp(ada, "engine");
        Golden.Matches("Apis/Gigalixir/configs.txt", await server.Transcript(
            ada,
            ($"GET {Route}", null),
            ($"POST {Route}", new { configs = new { B = "2", A = "one=1\nand \"more\"" } }),
            ($"POST {Route}", new { configs = new { A = "" }, avoid_restart = true }),
            ($"GET {Route}", null),
            ("GET /api/apps/engine", null),
            ($"POST {Route}", new { }),
            ($"POST {Route}", new { configs = new { A = 1 } }),
            ($"POST {Route}", new { configs = new { A = (string?)null } }),
            ($"POST {Route}", new { configs = new Dictionary<string, string> { ["1A"] = "x" } }),
            ($"POST {Route}", new { configs = new Dictionary<string, string> { ["A-B"] = "x" } }),
            ($"POST {Route}", new { configs = new Dictionary<string, string> { [""] = "x" } }),
            ($"POST {Route}", new { configs = new { A = "a\0b" } }),
            ($"POST {Route}", new { configs = new[] { "A" } }),
            ($"DELETE {Route}", new { key = "B" }),
            ($"DELETE {Route}", new { key = "B" }),
            ($"DELETE {Route}", new { }),
            ($"GET {Route}", null),
            ("GET /api/apps/engine/activity", null)));
    }

    [Theory, EveryDatabase]
    public async Task All_of_an_app_together_have_32_kilobytes(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var ada = await server.SignUp();
        await server.MakeApp(ada, "engine");
        var next = 0;
        var answers = await AccountSteps.Race(8, server, twin, node => node.CallAs(ada, $"POST {Route}", new
        {
            configs = new Dictionary<string, string>
            {
                [$"A{Interlocked.Increment(ref next)}"] = new('x', 8190),
            },
        }));
        Assert.Equal(4, answers.Count(answer => answer.Status == 201));
        Assert.Equal(4, answers.Count(
            answer => answer.Body == """{"errors":{"configs":["should be at most 32768 byte(s)"]}}"""));
        var key = await server.Ask<Db, string>(db => db.AppConfigs.Select(config => config.Name).FirstAsync());
        await server.Do(ada, $"DELETE {Route}", new { key });
        await server.Do(ada, $"POST {Route}", new { configs = new { B = new string('ü', 4095) } });
    }

    [Theory, EveryDatabase]
    public async Task Value_stands_in_no_database_log_or_activity(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.MakeApp(ada, "engine");
        const string Value = "canary config 5Wm";
        await server.Do(ada, $"POST {Route}", new { configs = new { SECRET = Value } });
        Assert.Contains(Value, (await server.Do(ada, $"GET {Route}")).Body, StringComparison.Ordinal);
        string[] places =
        [
            await server.DumpWithFiles(), server.Log.Text, (await server.Do(ada, "GET /api/activity")).Body,
            (await server.Do(ada, "GET /api/apps/engine/activity")).Body,
            (await server.Do(ada, "GET /api/export")).Body,
        ];
        Assert.All(places, place => Assert.DoesNotContain(Value, place, StringComparison.Ordinal));
        Assert.Contains("\"config_names\":[\"SECRET\"]", places[^1], StringComparison.Ordinal);
    }
}
