using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class UsageTests
{
    private const string Two = """[{"app":"bar","amount_cents":81},{"app":"foo","amount_cents":2500}]""";

    [Theory]
    [InlineData("/api/usage", "account:usage")]
    [InlineData("/api/usage", "current_period_usage")]
    [InlineData("/api/usage", "account", "usage")]
    [InlineData("/api/usage/run_rate", "account:usage:running")]
    [InlineData("/api/usage/run_rate", "account", "usage", "running")]
    public async Task Script_gets_the_rows_as_sorted_json(string path, params string[] words)
    {
        await using var server = LoopbackServer.Always(Two);
        using var machine = Machine.LoggedIn(server);

        Assert.Equal(new Ran(0, """
            [
              {
                "amount_cents": 81,
                "app": "bar"
              },
              {
                "amount_cents": 2500,
                "app": "foo"
              }
            ]

            """, ""), await machine.Run(words));
        Assert.Equal($"GET {path}", Assert.Single(server.Requests).Line);
    }

    [Fact]
    public async Task Person_gets_a_table_with_its_total()
    {
        await using var server = LoopbackServer.Always(Two);
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        Assert.Equal(new Ran(0, """
            App    So far
            bar    $0.81
            foo    $25.00
            Total  $25.81

            """, ""), await machine.Run("account:usage"));
        Assert.StartsWith("App    A full month\n", (await machine.Run("account:usage:running")).Output);
    }

    [Fact]
    public async Task Nothing_is_said_to_be_nothing()
    {
        await using var server = LoopbackServer.Always("[]");
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        Assert.Equal("Nothing was used this month.\n", (await machine.Run("account:usage")).Output);
        Assert.Equal("Nothing runs that costs anything.\n", (await machine.Run("account:usage:running")).Output);
    }
}
