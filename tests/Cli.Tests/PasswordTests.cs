using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class PasswordTests
{
    private const string Changed = """{"message":"Password successfully changed"}""";

    [Theory]
    [InlineData("account:password:change")]
    [InlineData("account", "password", "change")]
    [InlineData("change_password")]
    public async Task Script_gives_two_lines_and_gets_the_data(params string[] words)
    {
        await using var server = LoopbackServer.Always(Changed);
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.RunWith(["old one", "new one"], words);

        Assert.Equal(new Ran(0, """
            {
              "message": "Password successfully changed"
            }

            """, "Current password: \nNew password: \n"), ran);
        var request = Assert.Single(server.Requests);
        Assert.Equal("PATCH /api/users/change_password", request.Line);
        Assert.Equal("old one", request.Field("current_password"));
        Assert.Equal("new one", request.Field("new_password"));
        Assert.Equal("False", request.Field("revoke_api_keys"));
        Assert.Null(request.Field("mfa_token"));
    }

    [Theory]
    [InlineData("y", "True", "")]
    [InlineData("", "False", "machine 127.0.0.1 login ann@example.com password gate_1")]
    public async Task Person_is_asked_about_the_keys_too(string answer, string revokes, string netrc)
    {
        await using var server = LoopbackServer.Always(Changed);
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        var ran = await machine.RunWith(["old", "new", answer], "account:password:change");

        Assert.Equal((0, ""), (ran.ExitCode, ran.Output));
        Assert.Contains("Revoke every API key too? [y/N]: Password successfully changed\n", ran.Error);
        Assert.Equal(revokes, Assert.Single(server.Requests).Field("revoke_api_keys"));
        Assert.Equal(netrc, machine.Netrc);
    }

    [Theory]
    [InlineData("--revoke-api-keys", "True")]
    [InlineData("--keep-api-keys", "False")]
    public async Task Flags_answer_everything(string flag, string revokes)
    {
        await using var server = LoopbackServer.Always(Changed);
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        var ran = await machine.Run("change_password", "-p", "old", "-n", "new", flag, "--no-input");

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal(revokes, Assert.Single(server.Requests).Field("revoke_api_keys"));
    }

    [Fact]
    public async Task Both_passwords_come_from_lines_of_input_where_that_is_said()
    {
        await using var server = LoopbackServer.Always(Changed);
        using var machine = Machine.LoggedIn(server);

        await machine.RunWith(
            ["old", "new"], "change_password", "--current-password-stdin", "--new-password-stdin", "--no-input");

        Assert.Equal("old", Assert.Single(server.Requests).Field("current_password"));
        Assert.Equal("new", server.Requests.Single().Field("new_password"));
    }

    [Theory]
    [InlineData("--revoke-api-keys", "--keep-api-keys")]
    [InlineData("-p", "x", "--current-password-stdin")]
    public async Task Contradictions_are_usage_errors(params string[] flags)
    {
        using var machine = new Machine();

        Assert.Equal(2, (await machine.Run(["account:password:change", .. flags])).ExitCode);
    }

    [Fact]
    public async Task Factor_is_asked_for_when_the_server_wants_it()
    {
        await using var server = new LoopbackServer(request => request.Field("mfa_token") == "123456"
            ? Reply.Data(Changed)
            : Reply.Refusal(422, "mfa_token", "is required"));
        using var machine = Machine.LoggedIn(server);

        Assert.Equal(0, (await machine.RunWith(["old", "new", "123456"], "account:password:change")).ExitCode);
        Assert.Equal(1, (await machine.RunWith(["old", "new", "654321"], "account:password:change")).ExitCode);
        Assert.Equal(4, server.Requests.Count);
    }

    [Theory]
    [InlineData(422, "current_password", "is incorrect", 1, "Current password is incorrect.\n")]
    [InlineData(422, "new_password", "should be at least 8 character(s)", 1, "New password should be at least 8")]
    [InlineData(401, "", "Unauthorized", 4, "run `gatehouse login`")]
    [InlineData(403, "", "This API key was not made for that.", 5, "was not made for that.\n")]
    [InlineData(429, "", "Too many attempts.", 6, "Too many attempts.\n")]
    public async Task Refusal_is_told(int status, string field, string text, int exitCode, string said)
    {
        await using var server = new LoopbackServer(_ => Reply.Refusal(status, field, text));
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.RunWith(["old", "new"], "account:password:change");

        Assert.Equal((exitCode, ""), (ran.ExitCode, ran.Output));
        Assert.Contains(said, ran.Error);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("account:password:reset")]
    [InlineData("send_reset_password_token")]
    public async Task Reset_mail_is_asked_for_by_anybody(string command)
    {
        await using var server = LoopbackServer.Always("{}");
        using var machine = new Machine();

        var ran = await machine.RunWith(["ann@example.com"], command, "--host", server.Address);

        Assert.Equal(new Ran(0, "", "Email: \n" + """
            If ann@example.com has an account, a mail with a link and a token is on its way.
            Open the link, or: `gatehouse account:password:set`

            """), ran);
        var request = Assert.Single(server.Requests);
        Assert.Equal("PUT /api/users/reset_password", request.Line);
        Assert.Equal("""{"email":"ann@example.com"}""", request.Body);
        Assert.Null(request.Header("Authorization"));
    }

    [Theory]
    [InlineData("account:password:set", "False", "Every browser and API key is logged out.")]
    [InlineData("set_password --keep-api-keys", "True", "Every browser is logged out.")]
    public async Task Token_of_the_mail_sets_a_password(string command, string keeps, string said)
    {
        await using var server = LoopbackServer.Always("{}");
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.RunWith(["tok", "new one"], command.Split(' '));

        Assert.Equal(
            new Ran(0, "", $"Token: \nPassword: \nThe new password is set. {said}\nNext: `gatehouse login`\n"), ran);
        var request = Assert.Single(server.Requests);
        Assert.Equal("POST /api/users/reset_password", request.Line);
        Assert.Equal("tok", request.Field("token"));
        Assert.Equal("new one", request.Field("password"));
        Assert.Equal(keeps, request.Field("keep_api_keys"));
        Assert.Null(request.Header("Authorization"));
    }

    [Theory]
    [InlineData("token", "is invalid", "expired.\nAnother one: `gatehouse account:password:reset`\n")]
    [InlineData("password", "is too common", "Password is too common.\n")]
    public async Task Token_or_password_that_will_not_do_is_told(string field, string text, string said)
    {
        await using var server = new LoopbackServer(_ => Reply.Refusal(422, field, text));
        using var machine = new Machine();

        var ran = await machine.Run("set_password", "-t", "tok", "-p", "new", "--host", server.Address);

        Assert.Equal((1, ""), (ran.ExitCode, ran.Output));
        Assert.EndsWith(said, ran.Error);
    }
}
