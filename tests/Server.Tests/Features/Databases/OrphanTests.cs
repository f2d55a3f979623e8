using System.Diagnostics;
using System.Globalization;
using Gatehouse.Data;
using Gatehouse.Features.Databases;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Features.Databases;

/// <summary>Nothing is left on the server that no row knows, whoever does what and whatever falls over.</summary>
public sealed class OrphanTests(CustomerServer customers) : IClassFixture<CustomerServer>
{
    private const int Crowd = 10;

    [Theory, EveryDatabase]
    public async Task Creating_and_destroying_all_at_once_leaves_none(Engine engine)
    {
        var times = Soak.Times(20, 200);
        await using var server = await TestServer.Start(
            engine, customers.Setting, ("Tiers:Standard:Databases", "1000"), ("Databases:Patience", "00:10:00"));
        await using var twin = await server.StartTwin(
            customers.Setting, ("Tiers:Standard:Databases", "1000"), ("Databases:Patience", "00:10:00"));
        var ada = await server.SignUp();
        await server.Upgrade(ada);
        await server.MakeApp(ada, "engine");
        var (start, made) = (Stopwatch.GetTimestamp(), 0);
        foreach (var crowd in Enumerable.Range(0, times).Chunk(Crowd))
            await Task.WhenAll(crowd.Select(async i =>
            {
                var (first, second) = i % 2 == 0 ? (server, twin) : (twin, server);
                var answer = await first.CallAs(ada, "POST /api/apps/engine/databases", new { size = 0.6 });
                // Nobody waits long for our own database; whoever is told so tries again.
                if (answer.Status == 503) return;
                Assert.Equal("AVAILABLE", answer.Data("state"));
                Interlocked.Increment(ref made);
                await second.CallAs(ada, $"DELETE /api/apps/engine/databases/{answer.Data("id")}");
            }));
        foreach (var left in (await server.ShowDatabase(ada)).Json().EnumerateArray())
            await server.Do(ada, $"DELETE /api/apps/engine/databases/{left.GetProperty("id").GetString()}");
        await server.Settle();
        Assert.InRange(made, times / 2, times);
        var each = Stopwatch.GetElapsedTime(start) / times;
        Figures.Note(
            $"databases made and dropped, {Crowd} at once, {engine}",
            string.Create(CultureInfo.InvariantCulture, $"{times}, {each.TotalMilliseconds:0} ms each"));
        Assert.Empty(await customers.List());
        Assert.Equal(0, await server.Ask<Db, int>(db => db.HostedDatabases.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Falling_over_at_any_step_leaves_none(Engine engine)
    {
        var fell = true;
        for (var step = 1; fell; step++)
        {
            await using var server = await TestServer.Start(engine, customers.Setting);
            var ada = await server.SignUp();
            await server.MakeApp(ada, "engine");
            using (var crash = new CrashPoint(server, step))
            {
                await server.CallAs(ada, "POST /api/apps/engine/free_databases", new { });
                fell = crash.Happened;
            }

            await server.Settle();
            var rows = await server.Ask<Db, int>(db => db.AppDatabases.CountAsync());
            Assert.Equal(rows * 2, (await customers.List()).Count);
            if (rows == 0) continue;
            var shown = (await server.ShowDatabase(ada)).Json()[0];
            Assert.Equal("AVAILABLE", shown.GetProperty("state").GetString());
            using (new CrashPoint(server, step))
                await server.CallAs(ada, $"DELETE /api/apps/engine/databases/{shown.GetProperty("id").GetString()}");
            await server.CallAs(ada, "DELETE /api/apps/engine");
            await server.Settle();
            Assert.Empty(await customers.List());
        }
    }

    /// <summary>A statement of the server may go on when the process that said it is gone.</summary>
    [Theory, EveryDatabase]
    public async Task Whatever_was_made_half_is_made_whole_or_dropped(Engine engine)
    {
        await using var server = await TestServer.Start(engine, customers.Setting);
        var ada = await server.SignUp();
        var (id, _) = await server.MakeFree(ada);
        var name = $"gatehouse_{id.Replace("-", "", StringComparison.Ordinal)}";
        foreach (var half in (string[])
            [
                $"DROP DATABASE {name}", $"DROP DATABASE {name} WITH (FORCE); DROP ROLE {name}",
                $"ALTER ROLE {name} NOLOGIN", $"ALTER DATABASE {name} ALLOW_CONNECTIONS false",
            ])
        {
            foreach (var statement in half.Split("; ")) await customers.Execute(statement);
            Assert.True(await server.Ask<SettleDatabase, bool>(settle => settle.Run(
                Guid.Parse(id), TimeSpan.FromMinutes(1), CancellationToken.None)));
            var url = (await server.ShowDatabase(ada)).Json()[0].GetProperty("url").GetString()!;
            await using var session = await CustomerServer.Enter(url);
        }

        await customers.Execute($"DROP DATABASE {name}");
        await server.Do(ada, $"DELETE /api/apps/engine/databases/{id}");
        Assert.Empty(await customers.List());
    }
}
