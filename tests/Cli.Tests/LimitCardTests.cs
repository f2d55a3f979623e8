using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

/// <summary>A refusal of the tier names the limit, what lifts it, its price and the command.</summary>
public sealed class LimitCardTests
{
    private const string Apps = """
        {"name":"apps","tier":"FREE","in_use":1,"allowed":1,"lifted_by":"STANDARD","allowed_there":100,
         "price_cents":1000,"command":"account:upgrade"}
        """;

    [Fact]
    public async Task Person_gets_a_card()
    {
        await using var server = Refusing(Apps);
        using var machine = Machine.LoggedIn(server, hasPerson: true).Set("GATEHOUSE_CALLED_AS", "/usr/bin/gigalixir");

        Assert.Equal(
            new Ran(6, "", """
            ╭────────────────────────────────────────────╮
            │  FREE allows 1 app.                        │
            │                                            │
            │  Apps       1 of 1                         │
            │  STANDARD   100 apps, from $10.00 a month  │
            │  Upgrade    gigalixir account:upgrade      │
            ╰────────────────────────────────────────────╯

            """),
            await machine.Run("apps:create"));
    }

    [Theory]
    [InlineData(Apps, "FREE allows 1 app.|Apps       1 of 1|STANDARD   100 apps, from $10.00 a month")]
    [InlineData(
        """
        {"name":"size","tier":"FREE","in_use":0.2,"allowed":0.2,"lifted_by":"STANDARD","allowed_there":128,
         "price_cents":1500,"command":"account:upgrade"}
        """,
        "FREE allows replicas of up to 0.2 GB.|Size now   0.2 GB|"
        + "STANDARD   replicas of up to 128 GB, from $15.00 a month")]
    [InlineData(
        """
        {"name":"paid_databases","tier":"FREE","in_use":0,"allowed":0,"lifted_by":"STANDARD","allowed_there":100,
         "price_cents":2500,"command":"account:upgrade"}
        """,
        "FREE allows no paid databases.|Paid databases   none|"
        + "STANDARD         100 paid databases, from $25.00 a month")]
    [InlineData(
        """{"name":"collaborators","tier":"STANDARD","in_use":25,"allowed":25}""",
        "STANDARD allows 25 collaborators an app.|Collaborators   25 of 25|Other tiers     allow no more")]
    public async Task Script_gets_the_same_words_in_plain_text(string limit, string lines)
    {
        await using var server = Refusing(limit);
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.Run("apps:create");

        Assert.Equal((6, ""), (ran.ExitCode, ran.Output));
        var said = ran.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(lines.Split('|'), said.Where(line => !line.EndsWith("account:upgrade", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Server_cannot_play_with_the_card()
    {
        await using var server = Refusing("""
            {"name":"a\u001b[2Jpps","tier":"[red]F[/]\nREE","in_use":1,"allowed":1,"lifted_by":"\u001b]0;x\u0007"}
            """);
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        var ran = await machine.Run("apps:create");

        Assert.Equal(6, ran.ExitCode);
        Assert.DoesNotContain('\u001b', ran.Error);
        Assert.Contains("[red]F[/] REE allows", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limit_of_a_form_that_is_not_ours_leaves_the_sentence()
    {
        await using var server = Refusing("""{"name":"apps"}""");
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        Assert.Equal(new Ran(6, "", "FREE allows 1 app, and you have 1.\n"), await machine.Run("apps:create"));
    }

    private static LoopbackServer Refusing(string limit) => new(_ => new Reply(
        422, $$"""{"errors":{"":["FREE allows 1 app, and you have 1."]},"limit":{{limit}}}"""));
}
