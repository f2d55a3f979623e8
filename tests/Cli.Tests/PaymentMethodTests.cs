using Gatehouse.Cli.Tests.Support;
using Xunit;

namespace Gatehouse.Cli.Tests;

public sealed class PaymentMethodTests
{
    private const string Visa = """{"brand":"Visa","exp_month":3,"exp_year":2031,"last4":4242}""";

    [Theory]
    [InlineData("account:payment_method")]
    [InlineData("payment_method")]
    public async Task Person_sees_the_card(string command)
    {
        await using var server = LoopbackServer.Always(Visa);
        using var machine = Machine.LoggedIn(server, hasPerson: true);

        Assert.Equal(
            new Ran(0, "Card      Visa ending in 4242\nExpires   03/2031\n", ""), await machine.Run(command));
    }

    [Fact]
    public async Task That_there_is_none_is_no_failure()
    {
        await using var server = new LoopbackServer(_ => Reply.Refusal(404, "", "No payment method found"));
        using var machine = Machine.LoggedIn(server);

        Assert.Equal(
            new Ran(0, "", """
                No payment method found.
                Set one: `gatehouse account:payment_method:set`

                """),
            await machine.Run("account:payment_method"));
    }

    [Fact]
    public async Task Token_is_sent_and_the_page_is_left_alone()
    {
        await using var server = LoopbackServer.Always(Visa);
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.Run("set_payment_method", "--stripe-token", "tok_visa");

        Assert.Equal(new Ran(0, "", "The card is stored.\n"), ran);
        var request = Assert.Single(server.Requests);
        Assert.Equal("PUT /api/payment_methods", request.Line);
        Assert.Equal("""{"stripe_token":"tok_visa","current_password":""}""", request.Body);
    }

    [Fact]
    public async Task Card_options_go_through_the_sandbox_of_the_server()
    {
        await using var server = new LoopbackServer(request => request.Target == "/v1/tokens"
            ? new Reply(200, """{"id":"tok_1","object":"token"}""")
            : Reply.Data(Visa));
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.Run(
            "account:payment_method:set", "--card_number", "4242424242424242", "--card_exp_month", "12",
            "--card_exp_year", "2031", "--card_cvc", "123");

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal(["POST /v1/tokens", "PUT /api/payment_methods"], server.Requests.Select(request => request.Line));
        Assert.Equal("tok_1", server.Requests.Last().Field("stripe_token"));
        Assert.Null(server.Requests.First().Header("Authorization"));
    }

    [Fact]
    public async Task Card_options_are_refused_where_there_is_no_sandbox()
    {
        await using var server = new LoopbackServer(_ => new Reply(404, "<html>"));
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.Run(
            "account:payment_method:set", "--card_number", "4242424242424242", "--card_exp_month", "12",
            "--card_exp_year", "2031", "--card_cvc", "123");

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("entered on a page", ran.Error);
    }

    [Theory]
    [InlineData("card_error", 6)]
    [InlineData("invalid_request_error", 1)]
    public async Task Declined_card_is_told_apart_from_a_request_that_is_wrong(string type, int exitCode)
    {
        await using var server = new LoopbackServer(_ => new Reply(
            402, $$$"""{"error":{"type":"{{{type}}}","message":"Your card was declined."}}"""));
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.Run(
            "account:payment_method:set", "--card_number", "4000000000000002", "--card_exp_month", "12",
            "--card_exp_year", "2031", "--card_cvc", "123");

        Assert.Equal(new Ran(exitCode, "", "Your card was declined.\n"), ran);
    }

    [Theory]
    [InlineData("--card_number", "4242424242424242")]
    [InlineData("--no-input")]
    public async Task Half_a_card_and_none_at_all_are_usage_errors(params string[] flags)
    {
        await using var server = LoopbackServer.Always(Visa);
        using var machine = Machine.LoggedIn(server);

        Assert.Equal(2, (await machine.Run(["account:payment_method:set", .. flags])).ExitCode);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Page_is_named_and_waited_for_and_an_old_login_asks_for_the_password()
    {
        await using var server = new LoopbackServer(request => request switch
        {
            { Method: "POST" } when request.Field("current_password") is "" =>
                Reply.Refusal(422, "", "please log in again to do this"),
            { Method: "POST" } => Reply.Data(
                """{"id":"c-1","url":"https://pay.example.com/c-1","state":"pending"}""", 201),
            _ => Reply.Data("""{"id":"c-1","state":"complete"}"""),
        });
        using var machine = Machine.LoggedIn(server);

        var ran = await machine.RunWith(["a long password"], "account:payment_method:set");

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("https://pay.example.com/c-1", ran.Error);
        Assert.EndsWith("The card is stored.\n", ran.Error);
        Assert.Equal("GET /api/payment_methods/setups/c-1", server.Requests.Last().Line);
        Assert.Equal("a long password", server.Requests.ElementAt(1).Field("current_password"));
    }
}
