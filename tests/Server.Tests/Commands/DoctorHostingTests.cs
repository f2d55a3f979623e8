using System.Text.Json;
using Gatehouse.Commands;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Gatehouse.Tests.Features.Databases;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gatehouse.Tests.Commands;

/// <summary><c>doctor</c> and the server of customers' databases.</summary>
public sealed class DoctorHostingTests(CustomerServer customers) : IClassFixture<CustomerServer>
{
    [Theory, EveryDatabase]
    public async Task What_no_row_knows_and_what_is_missing_are_found(Engine engine)
    {
        await using var server = await TestServer.Start(engine, customers.Setting);
        var ada = await server.SignUp();
        var (id, _) = await server.MakeFree(ada);
        var made = HostedDatabase.NameOf(Guid.Parse(id));
        Assert.Matches("^green 127.0.0.1:[0-9]+, PostgreSQL [0-9]+, 1 made$", await Look(server));
        const string Orphan = "gatehouse_0193d5b8a4e77f3a9b1c2d3e4f506172";
        await customers.Execute($"CREATE ROLE {Orphan}");
        Assert.Contains($"1 that no row knows ({Orphan})", await Look(server));
        await customers.Execute($"DROP ROLE {Orphan}");
        await customers.Execute("CREATE DATABASE others");
        Assert.Contains("REVOKE CONNECT ON DATABASE \"others\" FROM PUBLIC;", await Look(server));
        await customers.Execute("DROP DATABASE others");
        await customers.Execute($"DROP DATABASE {made}");
        Assert.Contains($"1 are not there any more ({made})", await Look(server));
        await server.Do(ada, $"DELETE /api/apps/engine/databases/{id}");
        Assert.Matches("^green .*, 0 made$", await Look(server));
    }

    [Theory, EveryDatabase]
    public async Task Setting_that_was_taken_away_and_server_that_is_away_are_red(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        Assert.StartsWith("green Databases:Server is not set", await Look(server));
        await server.Ask<Db, int>(db =>
        {
            db.HostedDatabases.Add(new HostedDatabase { Id = Guid.CreateVersion7(server.Now) });
            return db.SaveChangesAsync();
        });
        Assert.Equal("red 1 were made, and Databases:Server is not set any more", await Look(server));
        var away = SettingsOf(server) with
        {
            Databases = new() { Server = new Secret("Host=127.0.0.1;Port=1;Username=g;Password=hush-hush") },
        };
        Assert.StartsWith("red 127.0.0.1:1: ", await Look(away));
        Assert.DoesNotContain("hush-hush", await Look(away));
        await server.Ask<Db, int>(db => db.HostedDatabases.ExecuteDeleteAsync());
    }

    private static Settings SettingsOf(TestServer server) => server.Services.GetRequiredService<Settings>();

    private static Task<string> Look(TestServer server) => Look(SettingsOf(server));

    private static async Task<string> Look(Settings settings)
    {
        using var output = new StringWriter();
        var place = new DoctorPlace(output, TextWriter.Null, IsColoured: false);
        await Gatehouse.Commands.Doctor.Run(
            settings, development: false, Verb.Parse(["doctor", "--json"]), place, TimeProvider.System);
        var finding = JsonDocument.Parse(output.ToString()).RootElement.GetProperty("checks").EnumerateArray()
            .Single(check => check.GetProperty("check").GetString() == "Databases");
        return $"{finding.GetProperty("light").GetString()} {finding.GetProperty("says").GetString()}";
    }
}
