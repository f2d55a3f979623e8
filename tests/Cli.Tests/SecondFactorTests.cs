using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class SecondFactorTests
{
    private const string Url = "otpauth://totp/Gatehouse:ann%40example.com?secret=JBSWY3DPEHPK3PXP";
    private const string Codes = """{"message":"Activated.","recovery_codes":["4F2A-9C1D","77KX-00AB"]}""";

    [Fact]
    public async Task Person_scans_types_a_code_and_gets_recovery_codes()
    {
        await using var server = FactorServer();
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        var ran = await machine.RunWith(["000000", "123456", ""], "account:mfa:activate");

        Assert.Equal(0, ran.ExitCode);
        var lines = ran.Output.Split('\n');
        Assert.Equal("Scan this code.", lines[0]);
        Assert.Equal(Url, QrReader.Read(string.Join('\n', lines.Skip(1).TakeWhile(line => line[0] is '█' or '▀'))));
        Assert.EndsWith("""
            No camera? Enter this key: JBSW Y3DP EHPK 3PXP
            Each works once, in the place of a code:

              4F2A-9C1D
              77KX-00AB

            """, ran.Output);
        Assert.Equal("""
            Multi-factor Authentication Token: MFA token is invalid.
            Multi-factor Authentication Token: Activated.
            Are you ready to save your recovery codes? [Y/n]: You are logged out everywhere. Next: `gatehouse login`

            """, ran.Error);
        Assert.Equal("", machine.Netrc);
        Assert.Equal(
            ["POST /api/mfa/start {}", "POST /api/mfa/verify 000000", "POST /api/mfa/verify 123456"],
            server.Requests.Select(sent => $"{sent.Line} {sent.Field("mfa_token") ?? sent.Body}"));
    }

    [Fact]
    public async Task Script_gets_the_address_and_then_the_codes()
    {
        await using var server = FactorServer();
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.RunWith(["123456"], "account", "mfa", "activate", "-y");

        Assert.Equal((0, $$"""
            {
              "message": "Scan this code.",
              "url": "{{Url}}"
            }
            [
              "4F2A-9C1D",
              "77KX-00AB"
            ]

            """), (ran.ExitCode, ran.Output));
    }

    [Fact]
    public async Task Second_run_of_a_script_finishes_what_the_first_began()
    {
        await using var server = FactorServer();
        using var machine = Machine.LoggedIn(server);

        var first = await machine.Run("account:mfa:activate", "--no-input");
        var second = await machine.Run("account:mfa:activate", "--no-input", "-y", "-t", "123456");

        Assert.Equal(2, first.ExitCode);
        Assert.Contains(Url, first.Output);
        Assert.Contains("--mfa_token supplies it", first.Error);
        Assert.Equal((0, "[\n  \"4F2A-9C1D\",\n  \"77KX-00AB\"\n]\n"), (second.ExitCode, second.Output));
        Assert.Equal(
            ["POST /api/mfa/start", "POST /api/mfa/verify"], server.Requests.Select(request => request.Line));
    }

    [Fact]
    public async Task Codes_are_saved_for_their_owner_alone()
    {
        await using var server = FactorServer();
        using var machine = Machine.LoggedIn(server);
        var file = machine.FilePath("codes");

        var ran = await machine.RunWith(["123456"], "account:mfa:activate", "--save", file);

        Assert.Equal(0, ran.ExitCode);
        Assert.DoesNotContain("4F2A", ran.Output + ran.Error);
        Assert.Contains($"2 recovery codes are in {file}; each works once.\n", ran.Error);
        Assert.Equal(["4F2A-9C1D", "77KX-00AB"], File.ReadLines(file));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Theory]
    [InlineData(".netrc", "is there already and is not overwritten")]
    [InlineData("none/codes", "is not there")]
    public async Task File_that_cannot_be_made_stops_everything(string name, string said)
    {
        await using var server = FactorServer();
        using var machine = Machine.LoggedIn(server);
        var path = machine.FilePath(name);

        var activation = await machine.RunWith(["123456"], "account:mfa:activate", "--save", path);
        var regeneration = await machine.Run("account:mfa:recovery_codes:regenerate", "--save", path);

        Assert.Equal((1, 1), (activation.ExitCode, regeneration.ExitCode));
        Assert.Contains(said, activation.Error);
        Assert.Contains(said, regeneration.Error);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Whoever_is_not_ready_is_shown_nothing()
    {
        await using var server = LoopbackServer.Always(Codes);
        using var machine = Machine.LoggedIn(server);

        const string Asked = "There are new recovery codes; the old ones are void.\n"
            + "Are you ready to save your recovery codes? [Y/n]: \n";
        Assert.Equal(new Ran(0, "", Asked + """
            They are not shown again; `gatehouse account:mfa:recovery_codes:regenerate` makes new ones.

            """), await machine.RunWith(["n"], "account:mfa:recovery_codes:regenerate"));
        Assert.Equal("POST /api/mfa/recovery_codes", Assert.Single(server.Requests).Line);
    }

    [Fact]
    public async Task Turning_it_off_is_asked_first()
    {
        await using var server = LoopbackServer.Always("""{"message":"It is off."}""");
        using var machine = Machine.LoggedIn(server);
        using var sat = Machine.LoggedIn(server, hasPerson: true);

        const string Prompt = "Turn multi-factor authentication off? [y/N]: ";
        Assert.Equal(
            new Ran(3, "", $"{Prompt}\nIt stays on.\n"), await machine.RunWith([""], "account:mfa:deactivate"));
        Assert.Empty(server.Requests);
        Assert.Equal(
            new Ran(0, "{\n  \"message\": \"It is off.\"\n}\n", ""), await machine.Run("account:mfa:deactivate", "-y"));
        Assert.Equal(new Ran(0, "", $"{Prompt}It is off.\n"), await sat.RunWith(["y"], "account:mfa:deactivate"));
        Assert.All(server.Requests, request => Assert.Equal("DELETE /api/mfa {}", $"{request.Line} {request.Body}"));
    }

    [Theory]
    [InlineData("account:mfa:activate")]
    [InlineData("account:mfa:deactivate")]
    [InlineData("account:mfa:recovery_codes:regenerate")]
    public async Task Log_in_of_long_ago_is_not_enough(string command)
    {
        await using var server = new LoopbackServer(_ => Reply.Refusal(401, "", "Unauthorized"));
        using var machine = Machine.LoggedIn(server);

        Assert.Equal(new Ran(4, "", """
            Please log in again: the second factor may be changed only shortly after a log-in.
            `gatehouse login`, then the same command.

            """), await machine.Run(command, "-y"));
    }

    [Theory]
    [InlineData(422, 1)]
    [InlineData(429, 6)]
    public async Task Refusal_is_told(int status, int exitCode)
    {
        await using var server = new LoopbackServer(_ => Reply.Refusal(status, "", "It cannot be."));
        using var machine = Machine.LoggedIn(server);

        Assert.Equal(new Ran(exitCode, "", "It cannot be.\n"), await machine.Run("account:mfa:activate"));
    }

    private static LoopbackServer FactorServer() => new(request => request switch
    {
        { Target: "/api/mfa/start" } => Reply.Data($$"""{"message":"Scan this code.","url":"{{Url}}"}"""),
        _ when request.Field("mfa_token") == "123456" => Reply.Data(Codes),
        _ => Reply.Refusal(422, "mfa_token", "is invalid"),
    });
}
