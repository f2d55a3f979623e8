using System.Text.Json;
using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class ApiKeyTests
{
    private const string Keys = """
        [{"name":"ci","created_at":"2026-11-22T10:00:00Z","expires_at":"2027-01-31T00:00:00Z",
          "scopes":["apps","billing"],"current":false},
         {"name":"laptop","created_at":"2026-10-01T08:05:00Z","last_used_at":"2026-11-22T21:00:00Z","scopes":[],
          "current":true}]
        """;

    private const string Made =
        """{"name":"ci","key":"gate_2","created_at":"2026-11-22T10:00:00Z","scopes":["apps"],"current":false}""";

    [Fact]
    public async Task Person_gets_a_table_that_marks_the_key_of_the_machine()
    {
        await using var server = LoopbackServer.Always(Keys);
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        Assert.Equal(new Ran(0, """
            Name      Created     Last used (UTC)   Expires (UTC)     Scopes
            ci        2026-11-22  never             2027-01-31 00:00  apps, billing
            laptop *  2026-10-01  2026-11-22 21:00  never             everything

            * the key of this machine

            """, ""), await machine.Run("account:api_keys"));
    }

    [Fact]
    public async Task Script_gets_the_list()
    {
        await using var server = LoopbackServer.Always(Keys);
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.Run("account:api_keys");

        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
        Assert.Equal(2, JsonDocument.Parse(ran.Output).RootElement.GetArrayLength());
        Assert.Equal("GET /api/account_keys", Assert.Single(server.Requests).Line);
    }

    [Fact]
    public async Task New_key_is_shown_once()
    {
        await using var server = new LoopbackServer(_ => Reply.Data(Made, 201));
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        var ran = await machine.Run(
            "account:api_keys:create", "ci", "--scope", "apps", "--scope", "billing", "--expires", "2999-01-31");

        Assert.Equal(new Ran(0, """
            Key       gate_2
            Name      ci
            Scopes    apps
            Expires   never

            """, "Keep the key now: it is not shown again.\n"), ran);
        Assert.Equal(
            """{"name":"ci","scopes":["apps","billing"],"expires_at":"2999-01-31T00:00:00Z"}""",
            Assert.Single(server.Requests).Body);
    }

    [Fact]
    public async Task Scope_that_there_is_not_is_a_usage_error() =>
        Assert.Equal(2, (await new Machine().Run("account:api_keys:create", "ci", "--scope", "app")).ExitCode);

    [Fact]
    public async Task Old_log_in_needs_the_password_and_the_factor()
    {
        await using var server = new LoopbackServer(request => request switch
        {
            _ when request.Field("current_password") is null =>
                Reply.Refusal(422, "", "please log in again to do this"),
            _ when request.Field("mfa_token") is null => Reply.Refusal(422, "mfa_token", "is required"),
            _ => Reply.Data(Made, 201),
        });
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.RunWith(["right", "123456"], "account:api_keys:create", "ci");

        Assert.Equal(0, ran.ExitCode);
        Assert.StartsWith("Password: \nMulti-factor Authentication Token: \n", ran.Error);
        Assert.Contains("\"key\": \"gate_2\"", ran.Output);
        Assert.Equal(
            """{"name":"ci","current_password":"right","mfa_token":"123456"}""", server.Requests.Last().Body);
        Assert.Equal(2, (await machine.Run("account:api_keys:create", "ci", "--no-input")).ExitCode);
    }

    [Fact]
    public async Task Revoking_another_key_leaves_this_machine_alone()
    {
        await using var server = LoopbackServer.Always(Keys);
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.Run("account:api_keys:revoke", "ci");

        Assert.Equal(new Ran(0, "", "The key ci is revoked.\n"), ran);
        Assert.Equal("DELETE /api/account_keys/ci", server.Requests.Last().Line);
        Assert.Contains("gate_1", machine.Netrc);
    }

    [Fact]
    public async Task Revoking_the_own_key_is_said_and_forgets_it()
    {
        await using var server = LoopbackServer.Always(Keys);
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.Run("account:api_keys:revoke", "laptop");

        Assert.Equal(new Ran(0, "", """
            The key laptop is revoked.
            It was the key of this machine, which is now logged out: `gatehouse login`.

            """), ran);
        Assert.Equal("", machine.Netrc);
    }

    [Fact]
    public async Task Name_like_an_option_stands_behind_two_hyphens()
    {
        await using var server = LoopbackServer.Always("""[{"name":"-odd"}]""");
        using var machine = Machine.LoggedIn(server);

        Assert.Equal(2, (await machine.Run("account:api_keys:revoke", "-odd")).ExitCode);
        Assert.Equal(0, (await machine.Run("account:api_keys:revoke", "--", "-odd")).ExitCode);
    }

    [Fact]
    public async Task Unknown_key_is_not_revoked()
    {
        await using var server = LoopbackServer.Always(Keys);
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.Run("account:api_keys:revoke", "laptob");

        Assert.Equal(new Ran(1, "", """
            There is no key `laptob`. Did you mean `laptop`?
            `gatehouse account:api_keys` lists them.

            """), ran);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Reset_key_replaces_the_stored_one()
    {
        await using var server = new LoopbackServer(_ => Reply.Data("""{"key":"gate_2"}""", 201));
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.RunWith(["right&wrong", "y"], "reset_api_key");

        Assert.Equal((0, ""), (ran.ExitCode, ran.Output));
        Assert.Equal("machine 127.0.0.1 login ann@example.com password gate_2", machine.Netrc);
        var request = Assert.Single(server.Requests);
        Assert.Equal("POST /api/api_keys/regenerate", request.Line);
        Assert.Equal("right&wrong", request.Field("current_password"));
    }

    [Theory]
    [InlineData(false, "{\n  \"key\": \"gate_2\"\n}\n")]
    [InlineData(true, "gate_2\n")]
    public async Task Reset_key_that_is_not_saved_is_printed(bool hasPerson, string output)
    {
        await using var server = new LoopbackServer(_ => Reply.Data("""{"key":"gate_2"}""", 201));
        using var machine = Machine.LoggedIn(server, hasPerson);

        var ran = await machine.RunWith(["right", ""], "account:api_key:reset");

        Assert.Equal((0, output), (ran.ExitCode, ran.Output));
        Assert.Contains("gate_1", machine.Netrc);
    }

    [Fact]
    public async Task Reset_without_an_answer_resets_nothing()
    {
        await using var server = LoopbackServer.Always("{}");
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.RunWith(["right"], "account:api_key:reset");

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("--yes supplies it", ran.Error);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Wrong_password_resets_nothing()
    {
        await using var server = new LoopbackServer(_ => Reply.Refusal(422, "current_password", "is incorrect"));
        using var machine = Machine.LoggedIn(server);

        Assert.Equal(
            new Ran(1, "", "Current password is incorrect.\n"),
            await machine.Run("account:api_key:reset", "-y", "-p", "wrong"));
        Assert.Contains("gate_1", machine.Netrc);
    }
}
