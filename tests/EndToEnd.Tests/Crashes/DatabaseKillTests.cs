using System.Net;
using System.Net.Http.Json;
using Gatehouse.EndToEnd.Tests.Harness;
using Npgsql;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Crashes;

/// <summary>A server that is killed while it makes and drops databases leaves none that no row knows.</summary>
public class DatabaseKillTests
{
    private const int Crowd = 6;

    [Theory, EveryDatabase]
    public async Task Databases_in_the_middle_of_a_kill_are_made_or_dropped(string database)
    {
        Component.Postgres.Need();
        await using var customers = await PostgresServer.Start();
        using var installation = await Installation.Create(database, ("Databases:Server", customers.Address));
        var ada = new Person();
        await using (var first = await installation.Start())
        {
            await ada.SignUp(first);
            var card = new { stripe_token = "tok_visa" };
            Assert.Equal(HttpStatusCode.OK, (await Send(first, ada, HttpMethod.Post, "/api/upgrade", card)).Status);
            var app = await Send(first, ada, HttpMethod.Post, "/api/apps", new { unique_name = "engine" });
            Assert.Equal(HttpStatusCode.Created, app.Status);
        }

        for (var kill = 0; kill < Soak.Times(4, 40); kill++)
        {
            await using var server = await installation.Start();
            var there = await List(server, ada);
            var making = Enumerable.Range(0, Crowd)
                .Select(_ => Send(server, ada, HttpMethod.Post, "/api/apps/engine/databases", new { size = 0.6 }));
            var dropping = there.Select(id => Send(
                server, ada, HttpMethod.Delete, $"/api/apps/engine/databases/{id}", new { }));
            var busy = making.Concat(dropping).ToList();
            await Task.WhenAny(busy);
            await server.Kill();
            foreach (var sent in busy) await sent.ContinueWith(_ => { }, TestContext.Current.CancellationToken);
        }

        await using var last = await installation.Start();
        var known = await List(last, ada);
        await Eventually.Get(async () =>
        {
            var names = known.Select(id => $"gatehouse_{id.Replace("-", "", StringComparison.Ordinal)}").Order();
            var (roles, databases) = (await Names(customers, Roles), await Names(customers, Databases));
            return roles.SequenceEqual(names) && databases.SequenceEqual(names) ? "none" : null;
        }, () => "the server has others than those of the rows");
        foreach (var id in known)
            await Send(last, ada, HttpMethod.Delete, $"/api/apps/engine/databases/{id}", new { });
        await Eventually.Get(
            async () => (await Names(customers, Roles)).Count == 0 ? "none" : null, () => "some are left");
        Assert.Empty(await Names(customers, Databases));
    }

    private const string Roles =
        "SELECT rolname::text FROM pg_roles WHERE rolname ~ '^gatehouse_[0-9a-f]{32}$' ORDER BY rolname COLLATE \"C\"";

    private const string Databases =
        "SELECT datname::text FROM pg_database WHERE datname ~ '^gatehouse_[0-9a-f]{32}$' "
        + "ORDER BY datname COLLATE \"C\"";

    private static async Task<IReadOnlyList<string>> Names(PostgresServer server, string question)
    {
        await using var connection = new NpgsqlConnection($"{server.Address};Pooling=false");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
#pragma warning disable CA2100 // One of the two constants above.
        await using var command = new NpgsqlCommand(question, connection);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var names = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) names.Add(reader.GetString(0));
        return names;
    }

    private static async Task<IReadOnlyList<string>> List(GatehouseServer server, Person who)
    {
        var reply = await server.Http.AskAs(who.Email, who.Key, HttpMethod.Get, "/api/apps/engine/databases");
        return [.. reply.Body.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("id").GetString()!)];
    }

    private static Task<Reply> Send(
        GatehouseServer server, Person who, HttpMethod method, string path, object body)
    {
        var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = Wire.Basic(who.Email, who.Key);
        return server.Http.Ask(request);
    }
}
