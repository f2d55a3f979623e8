using System.Text;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>Databases of apps over the wire (wire 4; contract 5), answer for answer.</summary>
public sealed class DatabaseTests
{
    private const string Url = "postgresql://ada:p%40ss@db.example.org:5433/engine_1";

    [Theory, EveryDatabase]
    public async Task Free_account_sees_this(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.MakeApp(ada, "engine");
        var text = await server.Transcript(
            ada,
            ("GET /api/apps/engine/databases", null),
            ("POST /api/apps/engine/free_databases", new { }),
            ("POST /api/apps/engine/free_databases", new { }),
            ("POST /api/apps/engine/databases", new { size = 0.6 }),
            ("GET /api/apps/engine/databases", null));
        var id = await IdOfTheOnly(server, ada);
        text += await server.Transcript(
            ada,
            ($"PUT /api/apps/engine/databases/{id}", new { size = 1.7 }),
            ($"PUT /api/apps/engine/databases/{id}", new { size = (decimal?)null }),
            ($"DELETE /api/apps/engine/databases/{id}", null),
            ($"DELETE /api/apps/engine/databases/{id}", null),
            ("GET /api/apps/engine/databases", null));
        Golden.Matches("Apis/Gigalixir/free-databases.txt", text);
    }

    [Theory, EveryDatabase]
    public async Task Paid_account_sees_this(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.Upgrade(ada);
        await server.MakeApp(ada, "engine");
        var text = await server.Transcript(
            ada,
            ("POST /api/apps/engine/free_databases", new { }),
            ("POST /api/apps/engine/databases", new { size = 0.7 }),
            ("POST /api/apps/engine/databases", new { size = "large" }),
            ("POST /api/apps/engine/databases", new { size = 0.6, version = "POSTGRES_9" }),
            ("POST /api/apps/engine/databases", new { size = 0.6, region = "mars" }),
            ("POST /api/apps/engine/databases", new { size = 0.6, version = "POSTGRES_16", cloud = "aws" }));
        var id = await IdOfTheOnly(server, ada);
        text += await server.Transcript(
            ada,
            ($"PUT /api/apps/engine/databases/{id}", new { size = (decimal?)null, high_availability = "enabled" }),
            ($"PUT /api/apps/engine/databases/{id}", new { size = (decimal?)null, high_availability = "disabled" }),
            ($"PUT /api/apps/engine/databases/{id}", new { high_availability = "perhaps" }),
            ($"PUT /api/apps/engine/databases/{id}", new { size = 5 }),
            ($"PUT /api/apps/engine/databases/{id}", new { size = 8 }),
            ("PUT /api/apps/engine/databases/nonsense", new { size = 8 }),
            ("GET /api/apps/engine/databases", null));
        Golden.Matches("Apis/Gigalixir/paid-databases.txt", text);
    }

    [Theory, EveryDatabase]
    public async Task Address_of_a_database_that_was_made_is_for_those_who_may_change_it(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, bob) = (await server.SignUp(), await server.SignUp("bob@example.org"));
        await server.Upgrade(ada);
        await server.MakeApp(ada, "engine");
        await server.Do(ada, "POST /api/apps/engine/databases", new { size = 0.6 });
        await server.Do(ada, "POST /api/apps/engine/permissions", new { email = bob.Email, role = "VIEWER" });
        var key = server.Services.GetRequiredService<MasterKey>();
        await server.Ask<Db, int>(async db =>
        {
            var database = await db.AppDatabases.SingleAsync();
            database.SealedUrl = key.Seal(Encoding.UTF8.GetBytes(Url), database.SealContext);
            database.State = DatabaseState.Available;
            return await db.SaveChangesAsync();
        });
        var seen = (await server.Do(ada, "GET /api/apps/engine/databases")).Json()[0];
        Assert.Equal(
            (Url, "db.example.org", 5433, "engine_1", "ada", "p@ss", "AVAILABLE"),
            (seen.GetProperty("url").GetString(), seen.GetProperty("host").GetString(),
                seen.GetProperty("port").GetInt32(), seen.GetProperty("database").GetString(),
                seen.GetProperty("username").GetString(), seen.GetProperty("password").GetString(),
                seen.GetProperty("state").GetString()));
        var viewed = (await server.Do(bob, "GET /api/apps/engine/databases")).Body;
        Assert.DoesNotContain("p@ss", viewed, StringComparison.Ordinal);
        Assert.Contains("\"url\":null", viewed, StringComparison.Ordinal);
        Assert.DoesNotContain("p%40ss", await server.DumpWithFiles(), StringComparison.Ordinal);
    }

    private static async Task<string> IdOfTheOnly(TestServer server, Customer who)
    {
        var all = (await server.Do(who, "GET /api/apps/engine/databases")).Json();
        return Assert.Single(all.EnumerateArray()).GetProperty("id").GetString()!;
    }
}
