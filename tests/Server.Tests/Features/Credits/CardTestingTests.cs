using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Features.Credits;

/// <summary>Whoever tries cards here learns of few, and leaves nothing behind.</summary>
[Costly]
public sealed class CardTestingTests
{
    private const string Declined = "tok_chargeCustomerFail";

    [Theory, EveryDatabase]
    public async Task Charges_that_are_refused_too_often_wait_an_hour(Engine engine)
    {
        await using var server = await TestServer.Start(engine, ("Limits:RefusedCharges", "3"));
        var ada = await server.SignUp();
        await server.SetCard(ada);
        for (var paid = 0; paid < 4; paid++) Assert.Equal(201, (await server.Buy(ada, "1.00")).Status);
        server.Pass(TimeSpan.FromSeconds(1));
        await server.SetCard(ada, Declined);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => server.Buy(ada, "1.00")));
        Assert.Equal((3, 9), (answers.Count(a => a.Status == 422), answers.Count(a => a.Status == 429)));
        Assert.All(answers.Where(a => a.Status == 429), a => Assert.InRange(a.RetryAfter, 1, 3600));
        Assert.Equal((7, 4, 4), await server.CountCharges());
        server.Pass(TimeSpan.FromHours(1));
        Assert.Equal(422, (await server.Buy(ada, "1.00")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Cards_from_one_address_are_counted_in_the_shape_of_the_sandbox(Engine engine)
    {
        await using var server = await TestServer.Start(engine, ("Limits:SandboxCardsPerAddress", "2"));
        var card = new { card = new { number = "4242424242424242", exp_month = 1, exp_year = 2030, cvc = "123" } };
        for (var i = 0; i < 2; i++) Assert.Equal(200, (await server.Call("POST /v1/tokens", card)).Status);
        var refused = await server.Call("POST /v1/tokens", card);
        Assert.Equal((429, 3600), (refused.Status, refused.RetryAfter));
        Assert.Contains("\"code\": \"rate_limit\"", refused.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await server.Call("POST /v1/tokens", card, from: "198.51.100.9")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Tokens_nobody_spent_are_erased_after_a_day(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.SetCard(ada);
        var card = new { card = new { number = "4242424242424242", exp_month = 1, exp_year = 2030, cvc = "123" } };
        await server.Call("POST /v1/tokens", card);
        await server.Do(ada, "POST /api/payment_methods/setups", new { current_password = ada.Password });
        Assert.Equal(4, await CountThings(server));
        server.Pass(TimeSpan.FromHours(25));
        await server.RunJobs();
        Assert.Equal(2, await CountThings(server)); // the customer and the card
        await server.Buy(ada, "1.00");
    }

    [Theory, EveryDatabase]
    public async Task Erased_account_keeps_its_payments_without_its_own_words(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.SetCard(ada);
        await server.Buy(ada, "1.00", "order of Ada Lovelace");
        await server.Buy(ada, "2.00", "her second order");
        await server.Do(
            ada, "DELETE /api/users/destroy", new { email = ada.Email, current_password = ada.Password });
        server.Pass(TimeSpan.FromDays(14));
        await server.RunJobs();
        var left = await server.Ask<Db, List<Payment>>(db => db.Payments.AsNoTracking().ToListAsync());
        Assert.All(left, payment => Assert.StartsWith("erased ", payment.RequestKey, StringComparison.Ordinal));
        Assert.All(left, payment => Assert.Equal(("", ""), (payment.CustomerRef, payment.MethodRef)));
        Assert.All(left, payment => Assert.StartsWith("ch_", payment.ChargeRef, StringComparison.Ordinal));
        Assert.Equal(2, left.Count);
    }

    private static Task<int> CountThings(TestServer server) =>
        server.Ask<Db, int>(db => db.SandboxObjects.CountAsync());
}
