using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Journeys;

public class BrandTests
{
    [Fact]
    public async Task Through_a_link_named_gigalixir_everything_shows_that_name()
    {
        var server = await TestRun.Server();
        using var cli = new Cli(server.Url);
        cli.CallIt("gigalixir");

        var help = await cli.Run(["help"]);
        Assert.Contains("gigalixir", help.Stdout, StringComparison.Ordinal);
        Assert.DoesNotContain("gatehouse", help.Stdout, StringComparison.Ordinal);
        var account = await cli.Run(["account"]);
        Assert.Equal(4, account.ExitCode);
        Assert.Contains("`gigalixir login`", account.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Through_a_link_named_gigalixir_a_person_signs_up()
    {
        const string Email = "ann@example.com";
        var server = await TestRun.Server();
        using var cli = new Cli(server.Url);
        cli.CallIt("gigalixir");
        await using var signUp = await cli.RunInTerminal("signup");
        await signUp.Answer("Email:", Email);
        await signUp.Shows("`gigalixir signup --resume`");
        await signUp.Answer("Confirmation code:", Person.CodeOf(await server.Mailbox.Next(Email, "confirm")));
        await signUp.Answer("Password:", "correct horse 7 battery");
        await signUp.Answer("Tier:", "1");
        await signUp.Answer("Do you wish to proceed?", "");
        await signUp.Shows("`gigalixir account`");

        Assert.Equal(0, await signUp.Exit());
        Assert.DoesNotContain("`gatehouse", await signUp.Screen(), StringComparison.Ordinal);
        var account = await cli.Run(["account"]);
        Assert.Contains($"\"email\": \"{Email}\"", account.Stdout, StringComparison.Ordinal);
    }
}
