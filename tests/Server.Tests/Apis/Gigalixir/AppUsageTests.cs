using Gatehouse.Domain;
using Gatehouse.Features.Apps;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>What is metered, from when to when, and what a month of it costs (contract 5).</summary>
public sealed class AppUsageTests
{
    [Theory, EveryDatabase]
    public async Task Every_change_ends_one_interval_and_begins_the_next_in_the_same_second(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.Upgrade(ada);
        server.Pass(TestServer.Beginning.UtcDateTime.AddSeconds(100) - server.Now);
        await server.MakeApp(ada, "engine");
        await Scale(server, ada, new { replicas = 1 });
        await Scale(server, ada, new { replicas = 3, size = 1.0 });
        await Scale(server, ada, new { replicas = 0 });
        await Scale(server, ada, new { size = 2 });
        await Scale(server, ada, new { replicas = 1 });
        var id = (await server.Do(ada, "POST /api/apps/engine/databases", new { size = 0.6 })).Data("id");
        server.Pass(TimeSpan.FromSeconds(10));
        await server.Do(ada, $"PUT /api/apps/engine/databases/{id}", new { size = 1.7 });
        await server.Do(ada, $"DELETE /api/apps/engine/databases/{id}");
        server.Pass(TimeSpan.FromSeconds(-60));
        await server.Do(ada, "DELETE /api/apps/engine");
        Assert.Equal(
            """
            Replica 1 x 200 100..110
            Replica 3 x 1000 110..120
            Database 1 x 600 150..160
            Replica 1 x 2000 140..140
            """.Split('\n').Order(),
            (await server.Usage()).Split('\n').Order());
    }

    [Theory, EveryDatabase]
    public async Task Free_account_is_not_metered_until_it_upgrades(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.MakeApp(ada, "engine");
        await Scale(server, ada, new { replicas = 1 });
        await server.Do(ada, "POST /api/apps/engine/free_databases", new { });
        Assert.Equal("", await server.Usage());
        var price = await Price(server, ada);
        Assert.Equal(3500, price.Month.WholeCents);
        Assert.Equal(
            [("engine", Metered.Replica, 1, "0.2", 1000L), ("engine", Metered.Database, 1, "0.6", 2500L)],
            price.Lines.Select(
                line => (line.AppName, line.Kind, line.Quantity, $"{line.Size}", line.Month.WholeCents)));
        server.Pass(TestServer.Beginning.UtcDateTime.AddSeconds(500) - server.Now);
        await server.Upgrade(ada);
        Assert.Equal("Database 1 x 600 500..\nReplica 1 x 200 500..", await server.Usage());
        Assert.Equal(3500, (await Price(server, ada)).Month.WholeCents);
        var database = (await server.Do(ada, "GET /api/apps/engine/databases")).Json()[0];
        Assert.Equal(("STANDARD", 0.6m),
            (database.GetProperty("tier").GetString(), database.GetProperty("size").GetDecimal()));
    }

    [Theory, EveryDatabase]
    public async Task Upgrade_and_scaling_at_the_same_moment_leave_nothing_unmetered(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        for (var i = 0; i < 8; i++)
        {
            var who = await server.SignUp($"p{i}@example.org", from: $"198.51.{i}.1");
            await server.MakeApp(who, $"engine-{i}");
            await Task.WhenAll(
                server.Do(who, $"PUT /api/apps/engine-{i}/scale", new { replicas = 1 }), server.Upgrade(who));
        }

        var open = (await server.Usage()).Split('\n').Count(line => line.EndsWith("..", StringComparison.Ordinal));
        Assert.Equal(8, open);
    }

    private static async Task Scale(TestServer server, Customer who, object body)
    {
        await server.Do(who, "PUT /api/apps/engine/scale", body);
        server.Pass(TimeSpan.FromSeconds(10));
    }

    private static async Task<MonthlyPrice> Price(TestServer server, Customer who)
    {
        var id = (await server.Do(who, "GET /api/export")).Json().GetProperty("account_id").GetGuid();
        var caller = new Caller("", "", "", Session: new PresentedSession(id, Guid.Empty, server.Now));
        var price = await server.Ask<ShowMonthlyPrice, Outcome<MonthlyPrice>>(
            show => show.Run(caller, CancellationToken.None));
        return price.Match(found => found, refusal => throw new InvalidOperationException($"{refusal}"));
    }
}
