using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Journeys;

/// <summary>Apps from a terminal: made, scaled, refused with what helps, destroyed.</summary>
public sealed class AppTests
{
    [Theory, EveryDatabase]
    public async Task Free_account_has_one_app_and_is_told_what_a_second_one_takes(string database)
    {
        var server = await TestRun.Server(database);
        var person = new Person();
        await person.SignUp(server);
        using var cli = new Cli(server.Url);
        await File.WriteAllTextAsync(
            cli.Netrc,
            $"machine {server.Url.Host} login {person.Email} password {person.Key}\n",
            TestContext.Current.CancellationToken);
        File.SetUnixFileMode(cli.Netrc, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Assert.Equal(0, (await cli.Run(["apps:create"])).ExitCode);
        Assert.Equal(0, (await cli.Run(["ps:scale", "--replicas", "1"])).ExitCode);
        await Shows(cli, 0, "0 running, 1 wanted", "ps");
        await Shows(cli, 6, "100 apps, from $10.00 a month", "apps:create");
        var plain = await cli.Run(["apps:create"]);
        Assert.Equal(6, plain.ExitCode);
        Assert.Contains("gatehouse account:upgrade", plain.Stderr, StringComparison.Ordinal);
        Assert.DoesNotContain('╭', plain.Stderr);

        await using (var destroy = await cli.RunInTerminal("apps:destroy"))
        {
            await destroy.Answer("[y/N]:", "y");
            Assert.Equal(0, await destroy.Exit());
        }

        await Shows(cli, 0, "No apps.", "apps");
    }

    private static async Task Shows(Cli cli, int exitCode, string text, string command)
    {
        await using var terminal = await cli.RunInTerminal(command);
        await terminal.Shows(text);
        Assert.Equal(exitCode, await terminal.Exit());
    }
}
