using Gatehouse.Data;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Xunit;

namespace Gatehouse.Tests.Data;

/// <summary>What the migration does for accounts that were suspended before there were bills.</summary>
public sealed class SuspendedBeforeBillsTests
{
    [Theory, EveryDatabase]
    public async Task Their_usage_ends_with_the_suspension_which_is_the_operator_s(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.SetCard(ada);
        await server.Upgrade(ada, withCard: false);
        await server.MakeApp(ada, "bar");
        await server.Do(ada, "PUT /api/apps/bar/scale", new { replicas = 1 });
        await Migrate(server, "Invoices");
        server.Pass(TimeSpan.FromSeconds(90));
        await server.Suspend(ada);
        await Migrate(server, null);
        Assert.Equal("Replica 1 x 200 1..91", await server.Usage());
        Assert.Equal("operator", (await server.Do(ada, "GET /api/users")).Data("suspended_for"));
        Assert.Equal(0, (await server.Admin("account:restore", ada.Email, "--reason", "talked")).Exit);
        Assert.Equal("Replica 1 x 200 1..91\nReplica 1 x 200 91..", await server.Usage());
    }

    private static Task Migrate(TestServer server, string? to) => server.Ask<Db, int>(async db =>
    {
        var names = db.Database.GetMigrations();
        await db.GetService<IMigrator>().MigrateAsync(
            to is null ? null : names.Single(name => name.EndsWith($"_{to}", StringComparison.Ordinal)));
        return 0;
    });
}
