using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class AccountTests
{
    private const string Data = """
        {"user_name":"calm-otter-4821","tier":"FREE","status":"active","credit_cents":1205,"api_key":"gate_1",
         "email":"ann@example.com","limits":{"ssh_keys":{"used":2,"limit":50},"apps":{"used":0,"limit":1}},"new":[1]}
        """;

    [Fact]
    public async Task Script_gets_the_data_as_sorted_json()
    {
        await using var server = LoopbackServer.Always(Data);
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.Run("account");

        Assert.Equal(new Ran(0, """
            {
              "api_key": "gate_1",
              "credit_cents": 1205,
              "email": "ann@example.com",
              "limits": {
                "apps": {
                  "limit": 1,
                  "used": 0
                },
                "ssh_keys": {
                  "limit": 50,
                  "used": 2
                }
              },
              "new": [
                1
              ],
              "status": "active",
              "tier": "FREE",
              "user_name": "calm-otter-4821"
            }

            """, ""), ran);
        Assert.Equal("GET /api/users", Assert.Single(server.Requests).Line);
    }

    [Fact]
    public async Task Person_gets_aligned_text_without_the_key()
    {
        await using var server = LoopbackServer.Always(Data);
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        var ran = await machine.Run("account");

        Assert.Equal(new Ran(0, """
            Email       ann@example.com
            User name   calm-otter-4821
            Tier        FREE
            Status      active
            Credits     $12.05
            SSH keys    2 of 50
            Apps        0 of 1

            """, ""), ran);
        Assert.Contains("API key     gate_1\n", (await machine.Run("account", "--show-key")).Output);
        Assert.StartsWith("{\n", (await machine.Run("--json", "account")).Output);
    }

    [Fact]
    public async Task Nobody_is_told_to_log_in_without_a_request()
    {
        await using var server = LoopbackServer.Always(Data);
        using var machine = new Machine().Set("GATEHOUSE_CALLED_AS", "/usr/bin/gigalixir");

        var ran = await machine.Run("account", "--host", server.Address);

        Assert.Equal(new Ran(4, "", $"Not logged in at {server.Address}; run `gigalixir login`.\n"), ran);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(401, 4)]
    [InlineData(402, 6)]
    [InlineData(403, 5)]
    [InlineData(404, 1)]
    [InlineData(409, 7)]
    [InlineData(422, 1)]
    [InlineData(429, 6)]
    [InlineData(500, 1)]
    public async Task Status_decides_the_exit_code(int status, int exitCode)
    {
        await using var server = new LoopbackServer(_ => new Reply(status, "no json"));
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.Run("account");

        Assert.Equal(exitCode, ran.ExitCode);
        Assert.Equal("", ran.Output);
        Assert.NotEmpty(ran.Error);
    }

    [Fact]
    public async Task Environment_overrides_the_file()
    {
        await using var server = LoopbackServer.Always(Data);
        using var machine = Machine.LoggedIn(server)
            .Set("GATEHOUSE_EMAIL", "bob@example.com")
            .Set("GATEHOUSE_API_KEY", "gate_2");

        await machine.Run("account");

        var expected = $"Basic {Convert.ToBase64String("bob@example.com:gate_2"u8)}";
        Assert.Equal(expected, Assert.Single(server.Requests).Header("Authorization"));
    }

    [Fact]
    public async Task Half_an_override_is_refused()
    {
        using var machine = new Machine().Set("GATEHOUSE_API_KEY", "gate_2");

        Assert.Equal(2, (await machine.Run("account")).ExitCode);
    }

    [Fact]
    public async Task Server_cannot_play_with_the_terminal()
    {
        await using var server = LoopbackServer.Always(
            """{"email":"a\u001b]0;x\u0007\u001b[2J[red]b[/]\u009b31m\u202e","user_name":"two\nlines"}""");
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        var shown = await machine.Run("account");
        var printed = await machine.Run("account", "--json");

        Assert.Equal("Email       a]0;x[2J[red]b[/]31m\nUser name   two lines\n", shown.Output);
        Assert.Matches(@"\A[ -~\n]+\z", printed.Output);
    }

    [Theory]
    [InlineData("x-latest-version", "99.0.0", 0, "Version 99.0.0 is out")]
    [InlineData("x-latest-version", "0.0.1", 0, "")]
    [InlineData("x-minimum-version", "99.0.0", 1, "needs 99.0.0 of this program")]
    public async Task Server_may_know_of_newer_versions(string header, string version, int exitCode, string said)
    {
        await using var server = new LoopbackServer(_ => new Reply(200, """{"data":{}}""", (header, version)));
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        var ran = await machine.Run("account");

        Assert.Equal(exitCode, ran.ExitCode);
        Assert.Equal(said.Length > 0, ran.Error.Length > 0);
        Assert.Contains(said, ran.Error);
        if (said.Length > 0)
            Assert.Contains($"How to upgrade: {server.Address}/docs/cli#cli-upgrade", ran.Error);
    }

    [Fact]
    public async Task Hint_of_a_newer_version_is_for_people_only()
    {
        await using var server = new LoopbackServer(
            _ => new Reply(200, """{"data":{}}""", ("x-latest-version", "99.0.0")));
        using var machine = Machine.LoggedIn(server);

        Assert.Equal(new Ran(0, "{}\n", ""), await machine.Run("account"));
    }
}
