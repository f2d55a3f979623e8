using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Journeys;

public class OldVersionTests
{
    [Fact]
    public async Task Program_that_is_too_old_says_which_version_it_takes_and_where_it_is()
    {
        await using var server = await GatehouseServer.Start(
            settings: ("Cli:MinimumVersion", "99"));
        using var cli = new Cli(server.Url);
        string[][] commands =
        [
            ["account:password:reset", "--email", "ann@example.com"],
            ["login", "--email", "ann@example.com", "--password-stdin"],
        ];
        foreach (var command in commands)
        {
            var refused = await cli.Run(command, "correct horse 7 battery");
            Assert.Equal(1, refused.ExitCode);
            Assert.Equal("", refused.Stdout);
            Assert.Contains("needs 99.0 of this program", refused.Stderr, StringComparison.Ordinal);
            Assert.Contains("/docs/cli#cli-upgrade", refused.Stderr, StringComparison.Ordinal);
        }
    }
}
