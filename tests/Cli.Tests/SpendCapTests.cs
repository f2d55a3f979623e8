using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class SpendCapTests
{
    private const string Period =
        "\"period_start\":\"2027-06-15T00:00:00.000+00:00\",\"period_end\":\"2027-07-15T00:00:00.000+00:00\"";

    private const string Capped = $$"""{"amount":"50.00","at_cap":"suspend","spent_cents":877,{{Period}}}""";
    private const string Uncapped = $$"""{"amount":null,"at_cap":"refuse","spent_cents":0,{{Period}}}""";

    [Fact]
    public async Task Person_sees_the_cap_and_what_is_used_of_it()
    {
        await using var server = LoopbackServer.Always(Capped);
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        Assert.Equal(new Ran(0, """
            Spend cap    $50.00 a month
            At the cap   everything stops until the next month begins
            Used         $8.77
            Month        2027-06-15 to 2027-07-15, 00:00 UTC

            """, ""), await machine.Run("account:spend_cap"));
    }

    [Fact]
    public async Task That_there_is_none_is_said()
    {
        await using var server = LoopbackServer.Always(Uncapped);
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        Assert.StartsWith("Spend cap   none\nUsed        $0.00\n", (await machine.Run("account:spend_cap")).Output);
    }

    [Theory]
    [InlineData("""{"amount":"50.00","at_cap":"refuse"}""", "account:spend_cap:set", "50.00")]
    [InlineData("""{"amount":"50.00","at_cap":"refuse"}""", "account:spend_cap:set", "$50.00", "--refuse")]
    [InlineData("""{"amount":"50.00","at_cap":"suspend"}""", "account", "spend_cap", "set", "50.00", "--suspend")]
    [InlineData("""{"amount":null}""", "account:spend_cap:unset")]
    public async Task Cap_is_set_and_taken_away(string body, params string[] words)
    {
        await using var server = LoopbackServer.Always(Capped);
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.Run(words);

        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
        Assert.StartsWith("{\n  \"amount\": \"50.00\",\n", ran.Output);
        var request = Assert.Single(server.Requests);
        Assert.Equal(("PUT /api/spend_cap", body), (request.Line, request.Body));
    }

    [Theory]
    [InlineData("account:spend_cap:set")]
    [InlineData("account:spend_cap:set", "50", "--refuse", "--suspend")]
    public async Task Amount_is_needed_and_one_action_at_most(params string[] words)
    {
        using var machine = new Machine();

        Assert.Equal(2, (await machine.Run(words)).ExitCode);
    }

    [Fact]
    public async Task Account_shows_the_cap_of_a_paid_tier_to_a_person()
    {
        await using var server = new LoopbackServer(request => Reply.Data(request.Target == "/api/users"
            ? """{"email":"ann@example.com","tier":"STANDARD","status":"suspended","credit_cents":0}"""
            : Capped));
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        Assert.Equal(new Ran(0, """
            Email       ann@example.com
            Tier        STANDARD
            Status      suspended
            Credits     $0.00
            Spend cap   $50.00 a month, $8.77 used; then everything stops

            """, """
            Suspended: nothing runs and nothing is billed. You can look, pay and leave.
            What is owed: `gatehouse account:invoices`.

            """), await machine.Run("account"));
    }

    [Fact]
    public async Task Account_is_shown_where_the_cap_may_not_be_seen()
    {
        await using var server = new LoopbackServer(request => request.Target == "/api/users"
            ? Reply.Data("""{"tier":"STANDARD","status":"prepaid","credit_cents":500}""")
            : Reply.Refusal(403, "", "This key may not do that."));
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        Assert.Equal(new Ran(0, """
            Tier      STANDARD
            Status    prepaid: no card, usage is paid out of the credits
            Credits   $5.00

            """, ""), await machine.Run("account"));
    }
}
