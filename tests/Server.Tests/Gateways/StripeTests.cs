using System.Text.Json;
using Gatehouse.Commands;
using Gatehouse.Tests.Harness;
using Gatehouse.Tests.Harness.Stripe;
using Xunit;

namespace Gatehouse.Tests.Gateways;

/// <summary>Real cards, at a fake of Stripe that answers as Stripe does (R6 to R8, T110, T111).</summary>
public sealed class StripeTests
{
    private const string Setups = "/api/payment_methods/setups";

    [Theory, EveryDatabase]
    public async Task Card_comes_by_token_and_credits_are_bought_with_it(Engine engine)
    {
        await using var stripe = await FakeStripe.Start();
        await using var server = await stripe.Serve(engine);
        var ada = await server.WithCard("tok_amex");
        var card = await server.Do(ada, "GET /api/payment_methods");
        Assert.Equal(
            """{"data":{"brand":"American Express","exp_month":12,"exp_year":2031,"last4":"0005"}}""", card.Body);
        var bought = await server.Buy(ada, "25.00", "order 1");
        Assert.Equal((201, 201), (bought.Status, (await server.Buy(ada, "25.00", "order 1")).Status));
        Assert.Equal(2500, await server.CreditCents(ada));
        Assert.Equal((2500, 2500, 2500), await server.CountMoney(stripe));
        var intent = Assert.Single(stripe.Intents());
        Assert.Equal($"payment:{bought.Data("id")}", (string?)intent["metadata"]!["request"]);
        await server.SetCard(ada, "tok_visa");
        Assert.Single(stripe.Bank.All("customer"));
    }

    [Theory, EveryDatabase]
    public async Task Token_that_is_refused_says_why_and_is_not_kept(Engine engine)
    {
        await using var stripe = await FakeStripe.Start();
        await using var server = await stripe.Serve(engine);
        var ada = await server.WithCard("tok_single");
        foreach (var (token, says) in ((string, string)[])
        [
            ("tok_chargeDeclined", "Your card was declined."), ("tok_nothing", "No such token: 'tok_nothing'"),
            ("tok_single", "You cannot use a Stripe token more than once: tok_single."),
        ])
        {
            server.Pass(TimeSpan.FromHours(25)); // Stripe has forgotten the key under which the token was first sent.
            var refused = await server.CallAs(
                ada, "PUT /api/payment_methods", new { stripe_token = token, current_password = ada.Password });
            Assert.Equal(422, refused.Status);
            Assert.Contains(says, JsonDocument.Parse(refused.Body).RootElement.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal("1111", (await server.Do(ada, "GET /api/payment_methods")).Data("last4"));
    }

    [Theory, EveryDatabase]
    public async Task Card_is_entered_on_stripe_s_page(Engine engine)
    {
        await using var stripe = await FakeStripe.Start();
        await using var server = await stripe.Serve(engine);
        var ada = await server.SignUp();
        var opened = await server.Do(ada, $"POST {Setups}", new { });
        Assert.StartsWith(stripe.Address, opened.Data("url"), StringComparison.Ordinal);
        var setup = $"GET {Setups}/{opened.Data("id")}";
        Assert.Equal("pending", (await server.Do(ada, setup)).Data("state"));
        Assert.False(stripe.Bank.EnterCard(opened.Data("url").Split('/')[^1], "tok_chargeDeclined"));
        Assert.True(stripe.Bank.EnterCard(opened.Data("url").Split('/')[^1], "tok_mastercard"));
        Assert.Equal("complete", (await server.Do(ada, setup)).Data("state"));
        Assert.Equal("MasterCard", (await server.Do(ada, "GET /api/payment_methods")).Data("brand"));
        Assert.Equal(201, (await server.Buy(ada, "1.00")).Status);
        foreach (var page in (string[])["/cards/stored", "/payments/answered"])
            Assert.Equal(200, (await server.Call($"GET {page}")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Card_numbers_are_not_taken_and_the_sandbox_is_closed(Engine engine)
    {
        await using var stripe = await FakeStripe.Start();
        await using var server = await stripe.Serve(
            engine, ("Payments:Stripe:PublishableKey", "pk_test_51Fq8hTzKw0RbNcVdGpXy"));
        var refused = await server.Call("POST /v1/tokens", new { card = new { number = "4242424242424242" } });
        Assert.Equal(404, refused.Status);
        Assert.Contains("takes no card numbers", refused.Body, StringComparison.Ordinal);
        Assert.Contains("pk_test_51Fq8hTzKw0RbNcVdGpXy", refused.Body, StringComparison.Ordinal);
        Assert.Equal(410, (await server.Call("GET /sandbox/cards/cs_1")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Charge_that_the_bank_refuses_adds_nothing(Engine engine)
    {
        await using var stripe = await FakeStripe.Start();
        await using var server = await stripe.Serve(engine);
        var ada = await server.WithCard("tok_insufficientFunds");
        foreach (var order in (string[])["order 1", "order 1", "order 2"])
        {
            var refused = await server.Buy(ada, "25.00", order);
            Assert.Equal(
                (422, """{"errors":{"":["Your card has insufficient funds."]}}"""), (refused.Status, refused.Body));
        }

        Assert.Equal((0, 0, 0), await server.CountMoney(stripe));
        Assert.Equal(2, stripe.Intents().Count);
    }

    [Theory, EveryDatabase]
    public async Task Payment_is_paid_back_in_parts(Engine engine)
    {
        await using var stripe = await FakeStripe.Start();
        await using var server = await stripe.Serve(engine);
        var ada = await server.WithCard();
        var id = (await server.Buy(ada, "25.00")).Data("id");
        Assert.Equal((0, $"$5.00 of {id} are paid back.\n"), await Admin(server, id, "5.00"));
        stripe.Faults.Plan(StripeFault.LostAfter);
        Assert.Equal(1, (await Admin(server, id, "20.00")).Exit);
        await server.LetTimePass(TimeSpan.FromMinutes(1));
        Assert.Equal((0, 0, 0), await server.CountMoney(stripe));
        Assert.Equal(2, stripe.Bank.All("refund").Count);
    }

    [Theory, EveryDatabase]
    public async Task Refund_that_stripe_failed_to_make_is_looked_for_and_not_made_again(Engine engine)
    {
        await using var stripe = await FakeStripe.Start();
        await using var server = await stripe.Serve(engine);
        var ada = await server.WithCard();
        foreach (var fault in (StripeFault[])[StripeFault.FailedAfter, StripeFault.FailedBefore])
        {
            var id = (await server.Buy(ada, "25.00")).Data("id");
            stripe.Faults.Plan(fault);
            Assert.Equal(1, (await Admin(server, id, "25.00")).Exit);
        }

        await server.LetTimePass(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await server.CreditCents(ada));
        await server.LetTimePass(TimeSpan.FromHours(23));
        Assert.Equal(2500, await server.CreditCents(ada)); // One of the two was never made: its credits are back.
        Assert.Equal((2500, 2500, 2500), await server.CountMoney(stripe));
        Assert.Single(stripe.Bank.All("refund"));
    }

    private static async Task<(int Exit, string Output)> Admin(TestServer server, string id, string amount)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var verb = Verb.Parse(["admin", "payment:refund", id, "--reason", "test", "--amount", amount]);
        return (await Gatehouse.Commands.Admin.Run(server.Services, verb, output, error), output.ToString());
    }
}
