using System.Text.Json;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Tokens;
using Gatehouse.Platform;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis.Temporal;

/// <summary>Keys change and no client notices (T74).</summary>
[Costly]
public sealed class KeyRotationTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory, EveryDatabase]
    public async Task Key_is_published_a_day_before_it_signs_and_kept_until_its_last_token_expired(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Member.Join(server);
        var first = (await Published(server)).Single();
        server.Pass(TimeSpan.FromDays(29) - TimeSpan.FromMinutes(1));
        await server.RunJobs();
        Assert.Equal([first], await Published(server));
        server.Pass(TimeSpan.FromMinutes(1));
        await server.RunJobs();
        var both = await Published(server);
        Assert.Equal(2, both.Count);
        Assert.Equal(first, both[1]);

        server.Pass(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(1));
        Assert.Equal(first, await SignerOf(server, ada));
        var last = ada with { Token = await Member.TokenOf(server, "ada") };
        server.Pass(TimeSpan.FromMinutes(1));
        Assert.Equal(both[0], await SignerOf(server, ada));

        server.Pass(TimeSpan.FromHours(23));
        await server.RunJobs();
        Assert.StartsWith("200", await last.Standing(), StringComparison.Ordinal);
        Assert.Equal(2, (await Published(server)).Count);
        server.Pass(Hour + TimeSpan.FromMinutes(5));
        await server.RunJobs();
        Assert.Equal([both[0]], await Published(server));
        Assert.Equal(both[0], await SignerOf(server, ada));
    }

    [Theory, EveryDatabase]
    public async Task No_token_is_refused_for_a_rotation(Engine engine)
    {
        (string, string)[] periods = [("Tokens:RotateEvery", "06:00:00"), ("Tokens:PublishAhead", "01:00:00")];
        await using var server = await TestServer.Start(engine, periods);
        await using var twin = await server.StartTwin(periods);
        var ada = await Member.Join(server);
        var signers = new HashSet<string>();
        var held = new List<Member>();
        for (var hours = 0; hours < 72; hours++)
        {
            server.Pass(Hour);
            await (hours % 2 == 0 ? server : twin).RunJobs();
            held.Insert(0, ada with { Token = await Member.TokenOf(hours % 3 == 0 ? server : twin, "ada") });
            signers.Add($"{Forge.Of(held[0].Token).Header["kid"]}");
            if (hours % 6 == 5)
                Assert.All(await Task.WhenAll(held.Take(23).Select(member => member.Standing(twin))),
                    standing => Assert.StartsWith("200", standing, StringComparison.Ordinal));
        }

        Assert.InRange(signers.Count, 11, 14);
        Assert.InRange((await Published(server)).Count, 5, 7);
    }

    [Theory, EveryDatabase]
    public async Task Nodes_that_start_at_once_make_one_key(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.Ask<Db, int>(db => db.InstallationSecrets
            .Where(row => row.Name.StartsWith(TokenKey.Prefix)).ExecuteDeleteAsync());
        await using var twin = await server.StartTwin();
        await server.Ask<Db, int>(db => db.InstallationSecrets
            .Where(row => row.Name.StartsWith(TokenKey.Prefix)).ExecuteDeleteAsync());
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i =>
            (i % 2 == 0 ? server : twin).Ask<TokenKeys, bool>(async keys =>
            {
                await keys.EnsureFirst(CancellationToken.None);
                return true;
            })));
        Assert.Single(await Published(server));
        Assert.Equal(await Published(server), await Published(twin));
    }

    [Theory, EveryDatabase]
    public async Task Next_key_can_be_published_by_hand_and_nobody_else_may(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Member.Join(server);
        var visitor = new Caller("", "", "");
        Assert.Equal(Reason.NotFound, (await Rotate(server, visitor)).Refusal!.Reason);
        Assert.Null((await Rotate(server, Caller.Operator)).Refusal);
        var published = await Published(server);
        Assert.Equal(2, published.Count);
        Assert.Equal(published[1], await SignerOf(server, ada));
        server.Pass(TimeSpan.FromDays(1));
        Assert.Equal(published[0], await SignerOf(server, ada));
    }

    [Theory, EveryDatabase]
    public async Task Private_keys_cannot_be_read_from_the_database(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await Member.Unconfirmed(server);
        var dump = await server.DumpWithFiles();
        Assert.Contains(TokenKey.Prefix, dump, StringComparison.Ordinal);
        Assert.DoesNotContain("Pkcs8", dump, StringComparison.Ordinal);
    }

    private static Task<Outcome<Done>> Rotate(TestServer server, Caller caller) =>
        server.Ask<RotateTokenKeys, Outcome<Done>>(
            rotate => rotate.Run(caller, KeyRotation.Next, CancellationToken.None));

    private static async Task<string> SignerOf(TestServer server, Member member) =>
        $"{Forge.Of(await Member.TokenOf(server, member.Name)).Header["kid"]}";

    private static async Task<IReadOnlyList<string>> Published(TestServer server) =>
        [.. JsonDocument.Parse((await server.Call("GET /.well-known/jwks.json")).Body).RootElement
            .GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()!)];
}
