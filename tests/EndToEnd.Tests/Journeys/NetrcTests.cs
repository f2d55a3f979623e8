using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Journeys;

public class NetrcTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const string Others =
        """
        # work
        machine git.example.com login grace password "p w"   # quoted

        macdef init
        	cd /pub

        machine ftp.example.com
        	login ada
        	account x
        	password sesame
        """;

    [Fact]
    public async Task Log_in_adds_its_entry_and_log_out_takes_only_that_away()
    {
        var server = await TestRun.Server();
        var person = new Person();
        await person.SignUp(server);
        using var cli = new Cli(server.Url);
        await File.WriteAllTextAsync(cli.Netrc, Others + "\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(cli.Netrc, OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        await Succeeds(cli, ["login"], person.Email, person.Password);
        var netrc = await Read(cli);
        Assert.Contains(Others, netrc, StringComparison.Ordinal);
        Assert.Contains($"machine {server.Url.Host}\n", netrc, StringComparison.Ordinal);
        Assert.Contains(person.Email, netrc, StringComparison.Ordinal);
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(cli.Netrc));

        await Succeeds(cli, ["login"], person.Email, person.Password);
        Assert.Single(Occurrences(await Read(cli), "gate_"));
        await Succeeds(cli, ["logout"]);
        Assert.Equal(Others.TrimEnd(), (await Read(cli)).TrimEnd());
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(cli.Netrc));
    }

    [Fact]
    public async Task Log_out_ends_the_key_on_the_server()
    {
        var server = await TestRun.Server();
        var person = new Person();
        await person.SignUp(server);
        using var cli = new Cli(server.Url);
        await Succeeds(cli, ["login"], person.Email, person.Password);
        var key = (await Read(cli)).Split("password ")[1].Split('\n')[0].Trim();

        Assert.Equal(System.Net.HttpStatusCode.OK, (await person.Look(server, key)).Status);
        await Succeeds(cli, ["logout"]);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await person.Look(server, key)).Status);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await person.Look(server)).Status);
    }

    private static async Task Succeeds(Cli cli, string[] arguments, params string[] input)
    {
        var outcome = await cli.Run(arguments, input);
        Assert.True(outcome.ExitCode == 0, outcome.Stderr);
    }

    private static Task<string> Read(Cli cli) =>
        File.ReadAllTextAsync(cli.Netrc, TestContext.Current.CancellationToken);

    private static IEnumerable<string> Occurrences(string text, string part) => text.Split(part).Skip(1);
}
