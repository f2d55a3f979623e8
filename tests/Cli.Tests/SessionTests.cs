using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class SessionTests
{
    private const string Id = "01a20585-7bbf-78a9-9cd2-0ef7300e80b0";

    [Fact]
    public async Task Person_gets_a_table()
    {
        await using var server = LoopbackServer.Always($$"""
            [{"id":"{{Id}}","device":"Firefox","address":"192.0.2.7","created_at":"2026-11-20T10:00:00Z",
              "last_seen_at":"2026-11-22T21:30:00.5Z","expires_at":"2026-12-20T10:00:00Z"}]
            """);
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        Assert.Equal(new Ran(0, """
            ID                                    Last seen (UTC)   Address    Device
            01a20585-7bbf-78a9-9cd2-0ef7300e80b0  2026-11-22 21:30  192.0.2.7  Firefox

            """, ""), await machine.Run("account:sessions"));
        Assert.StartsWith("[\n  {\n    \"address\": ", (await machine.Run("account:sessions", "--json")).Output);
        Assert.Equal("GET /api/sessions", server.Requests.First().Line);
    }

    [Fact]
    public async Task Session_is_ended()
    {
        await using var server = LoopbackServer.Always("{}");
        using var machine = Machine.LoggedIn(server);

        Assert.Equal(new Ran(0, "", $"The session {Id} is ended.\n"), await machine.Run("account:sessions:end", Id));
        Assert.Equal($"DELETE /api/sessions/{Id}", Assert.Single(server.Requests).Line);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("..")]
    [InlineData("../users")]
    [InlineData("")]
    public async Task What_is_no_id_reaches_no_server(string id)
    {
        await using var server = LoopbackServer.Always("{}");
        using var machine = Machine.LoggedIn(server);

        Assert.Equal(
            new Ran(2, "", $"`{id}` is no ID of a session.\n`gatehouse account:sessions` lists them.\n"),
            await machine.Run("account:sessions:end", id));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Unknown_session_is_said_to_be_none()
    {
        await using var server = new LoopbackServer(_ => Reply.Refusal(404, "", "Not found"));
        using var machine = Machine.LoggedIn(server);

        Assert.Equal(
            new Ran(1, "", $"There is no session {Id}.\n`gatehouse account:sessions` lists them.\n"),
            await machine.Run("account", "sessions", "end", Id));
    }
}
