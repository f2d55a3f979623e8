using System.Globalization;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Features.Usage;

/// <summary>How many intervals there can be, and how they are found.</summary>
public sealed class UsageMeterTests
{
    [Theory, EveryDatabase]
    public async Task What_stays_as_it_is_and_what_lasts_no_second_makes_no_interval(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Paying(server);
        for (var i = 0; i < 10; i++)
        {
            await Scale(server, ada, 1);
            server.Pass(TimeSpan.FromSeconds(1));
        }

        foreach (var replicas in (int[])[3, 0, 5, 2]) await Scale(server, ada, replicas);
        server.Pass(TimeSpan.FromSeconds(1));
        await Scale(server, ada, 0);
        Assert.Equal("Replica 1 x 200 1..11\nReplica 2 x 200 11..12", await server.Usage());
    }

    [Theory, EveryDatabase]
    public async Task Scaling_without_end_is_told_when_to_come_back_and_stopping_is_not(Engine engine)
    {
        await using var server = await TestServer.Start(engine, ("Limits:UsageChangesPerDay", "6"));
        var ada = await Paying(server);
        var refused = default(Answer);
        for (var i = 0; i < 20 && refused is null; i++)
        {
            server.Pass(TimeSpan.FromSeconds(1));
            await Scale(server, ada, 1);
            server.Pass(TimeSpan.FromSeconds(1));
            var more = await server.CallAs(ada, "PUT /api/apps/bar/scale", new { replicas = 2 });
            if (more.Status != 200) refused = more;
        }

        Assert.Equal(429, refused!.Status);
        Assert.InRange(int.Parse(refused.Headers["Retry-After"], CultureInfo.InvariantCulture), 86_380, 86_400);
        Assert.Equal(429, (await server.CallAs(ada, "POST /api/apps/bar/databases", new { size = 0.6 })).Status);
        await Scale(server, ada, 0);
        server.Pass(TimeSpan.FromDays(1));
        await Scale(server, ada, 1);
    }

    [Theory, EveryDatabase]
    public async Task Usage_of_one_account_is_found_by_index_among_that_of_all(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var id = Guid.CreateVersion7(server.Now);
        await server.Ask<Db, int>(async db =>
        {
            for (var i = 0; i < 4000; i++) db.UsageIntervals.Add(Interval(server, i % 200 == 0 ? id : null, i));
            return await db.SaveChangesAsync();
        });
        var second = server.Now.ToSecond();
        foreach (var (index, query) in ((string, Func<Db, IQueryable<UsageInterval>>)[])
        [
            ("usage_intervals_end", db => db.UsedSince(id, second)),
            ("usage_intervals_", db => db.Unbilled(id)),
            ("usage_intervals_", db => db.UsageIntervals.Where(u => u.AccountId == id)
                .OrderByDescending(u => u.StartsAt).Skip(999).Take(1)),
        ])
            Assert.Contains(index, await Plan(server, query), StringComparison.Ordinal);
    }

    private static async Task<string> Plan(TestServer server, Func<Db, IQueryable<UsageInterval>> query)
    {
        var isSqlite = server.Database.Engine == Engine.Sqlite;
        return await server.Ask<Db, string>(async db =>
        {
            await db.Database.OpenConnectionAsync();
            var connection = db.Database.GetDbConnection();
            await using var analyse = connection.CreateCommand();
            analyse.CommandText = "ANALYZE";
            await analyse.ExecuteNonQueryAsync();
            await using var command = query(db).CreateDbCommand();
            command.CommandText = (isSqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + command.CommandText;
            await using var reader = await command.ExecuteReaderAsync();
            var plan = new List<string>();
            while (await reader.ReadAsync()) plan.Add($"{reader.GetValue(reader.FieldCount - 1)}");
            return string.Join('\n', plan);
        });
    }

    private static UsageInterval Interval(TestServer server, Guid? accountId, int i) => new()
    {
        Id = Guid.CreateVersion7(server.Now),
        AccountId = accountId ?? Guid.CreateVersion7(server.Now),
        AppId = Guid.Empty,
        AppName = "bar",
        Kind = Metered.Replica,
        ResourceId = Guid.CreateVersion7(server.Now),
        Quantity = 1,
        SizeMilli = 200,
        StartsAt = server.Now.ToSecond() - 100_000 + i,
        EndsAt = server.Now.ToSecond() - 50_000 + (i % 100 == 0 ? 60_000 : i),
        BilledUntil = server.Now.ToSecond() - 50_000 + (i % 100 == 0 ? 60_000 : i),
    };

    private static Task<Answer> Scale(TestServer server, Customer who, int replicas) =>
        server.Do(who, "PUT /api/apps/bar/scale", new { replicas });

    private static async Task<Customer> Paying(TestServer server)
    {
        var ada = await server.SignUp();
        await server.SetCard(ada);
        await server.Upgrade(ada, withCard: false);
        await server.MakeApp(ada, "bar");
        return ada;
    }
}
