using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class UpgradeTests
{
    private const string OnFile = """
        {"tier":"FREE","monthly_cents":3500,
         "payment_method":{"brand":"Visa","exp_month":12,"exp_year":2031,"last4":"0005"}}
        """;

    private const string NoCard = """{"tier":"FREE","monthly_cents":0}""";

    [Fact]
    public async Task Price_is_shown_and_the_card_on_file_pays()
    {
        await using var server = LoopbackServer.Always(OnFile);
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.RunWith([""], "account:upgrade", "--promo_code", "spring");

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("$35.00 for what is there now", ran.Error);
        Assert.Contains("Visa ending in 0005", ran.Error);
        Assert.Equal(["GET /api/upgrade", "POST /api/upgrade"], server.Requests.Select(request => request.Line));
        Assert.Equal(
            """{"current_password":"","promo_code":"SPRING"}""",
            server.Requests.Last().Body.Replace("\"stripe_token\":null,", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_is_an_answer()
    {
        await using var server = LoopbackServer.Always(OnFile);
        using var machine = Machine.LoggedIn(server);

        Assert.Equal(3, (await machine.RunWith(["n"], "upgrade")).ExitCode);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Script_with_a_token_is_not_asked()
    {
        await using var server = LoopbackServer.Always(NoCard);
        using var machine = Machine.LoggedIn(server);

        Assert.Equal(0, (await machine.Run("account:upgrade", "--stripe-token", "tok_visa")).ExitCode);
        Assert.Equal("tok_visa", server.Requests.Last().Field("stripe_token"));
    }

    [Fact]
    public async Task Without_a_card_the_page_is_opened_first()
    {
        await using var server = new LoopbackServer(request => request.Line switch
        {
            "GET /api/upgrade" => Reply.Data(NoCard),
            "POST /api/payment_methods/setups" => Reply.Data(
                """{"id":"c-1","url":"https://pay.example.com/c-1"}""", 201),
            _ => Reply.Data("""{"state":"complete"}"""),
        });
        using var machine = Machine.LoggedIn(server);

        Assert.Equal(0, (await machine.Run("account:upgrade", "-y")).ExitCode);
        Assert.Equal(
            [
                "GET /api/upgrade", "POST /api/payment_methods/setups", "GET /api/payment_methods/setups/c-1",
                "POST /api/upgrade",
            ],
            server.Requests.Select(request => request.Line));
    }

    [Fact]
    public async Task Upgraded_account_is_left_as_it_is()
    {
        await using var server = LoopbackServer.Always("""{"tier":"STANDARD","monthly_cents":0}""");
        using var machine = Machine.LoggedIn(server);

        Assert.Equal(new Ran(7, "", "Account is already upgraded.\n"), await machine.Run("account:upgrade", "-y"));
    }

    [Fact]
    public async Task Credits_are_bought_under_a_key_of_their_own()
    {
        await using var server = LoopbackServer.Always("""{"id":"p-1","amount_cents":2500,"state":"paid"}""");
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        var ran = await machine.Run("account:credits:buy", "25.00");

        Assert.Equal(new Ran(0, "Paid      $25.00\nPayment   p-1\n", ""), ran);
        Assert.Equal("""{"amount":"25.00"}""", Assert.Single(server.Requests).Body);
        Assert.Equal(36, server.Requests.Single().Header("Idempotency-Key")?.Length);
    }

    [Fact]
    public async Task Missing_card_is_said_with_the_way_to_one()
    {
        await using var server = new LoopbackServer(_ => Reply.Refusal(422, "", "Please set a payment method first."));
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.Run("account:credits:buy", "25.00");

        Assert.Equal(6, ran.ExitCode);
        Assert.Contains("account:payment_method:set", ran.Error);
    }

    [Fact]
    public async Task Person_sees_credits_and_what_was_booked()
    {
        await using var server = LoopbackServer.Always("""
            {"balance_cents":3500,"credits":"35.00","lots":[{"remaining":"10.00","granted":"10.00"}],
             "postings":[{"at":"2027-06-15T10:00:00Z","kind":"credits.bought","memo":"","change":"25.00"}]}
            """);
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        var ran = await machine.Run("account:credits");

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("Credits   $35.00\nGiven     $10.00\n", ran.Output);
        Assert.Contains("2027-06-15 10:00  credits.bought  25.00", ran.Output);
    }
}
