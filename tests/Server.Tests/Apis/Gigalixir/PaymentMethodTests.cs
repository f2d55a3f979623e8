using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>The card of an account (wire 3.12; contract 6).</summary>
public sealed class PaymentMethodTests
{
    private const string Route = "/api/payment_methods";

    [Theory, EveryDatabase]
    public async Task Card_is_set_shown_and_replaced(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        var none = await server.CallAs(ada, $"GET {Route}");
        Assert.Equal((404, """{"errors":{"":["No payment method found"]}}"""), (none.Status, none.Body));
        await server.SetCard(ada);
        Assert.Equal(
            """{"data":{"brand":"Visa","exp_month":12,"exp_year":2031,"last4":4242}}""",
            (await server.Do(ada, $"GET {Route}")).Body);
        await server.SetCard(ada, "tok_amex");
        Assert.Equal(
            """{"data":{"brand":"American Express","exp_month":12,"exp_year":2031,"last4":"0005"}}""",
            (await server.Do(ada, $"GET {Route}")).Body);
        Assert.Equal((1, 2), await server.Ask<Db, (int, int)>(async db => (
            await db.PaymentMethods.CountAsync(m => m.ReplacedAt == null),
            await db.AuditEntries.CountAsync(e => e.Event == AuditEvent.PaymentMethodSet))));
        Assert.Contains("another card", (await server.ReadMail(ada.Email, "payment method")).Text);
        var bob = await server.SignUp("bob@example.org");
        Assert.Equal(404, (await server.CallAs(bob, $"GET {Route}")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Refused_card_is_refused_in_the_provider_s_words_and_changes_nothing(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.SetCard(ada);
        (string? Token, string Sentence)[] refused =
        [
            ("tok_chargeDeclined", "Your card was declined."),
            ("tok_visa_chargeDeclined", "Your card was declined."),
            ("tok_chargeDeclinedInsufficientFunds", "Your card has insufficient funds."),
            ("tok_chargeDeclinedFraudulent", "Your card was declined."),
            ("tok_chargeDeclinedIncorrectCvc", "Your card's security code is incorrect."),
            ("tok_chargeDeclinedExpiredCard", "Your card has expired."),
            ("tok_chargeDeclinedProcessingError",
                "An error occurred while processing your card. Try again in a little bit."),
            ("tok_nosuch", "No such token: 'tok_nosuch'"),
            ("", "is required"), (null, "is required"),
        ];
        foreach (var (token, sentence) in refused)
        {
            var answer = await server.CallAs(ada, $"PUT {Route}", new { stripe_token = token });
            Assert.Equal(
                (token, 422, $"{{\"errors\":{{\"stripe_token\":[\"{sentence}\"]}}}}"),
                (token, answer.Status, answer.Body));
        }

        Assert.Equal("4242", (await server.Do(ada, $"GET {Route}")).Data("last4"));
    }

    [Theory, EveryDatabase]
    public async Task Old_login_needs_the_password(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        server.Pass(TimeSpan.FromMinutes(11));
        var body = new { stripe_token = "tok_visa" };
        Assert.Equal(401, (await server.CallAs(ada, $"PUT {Route}", body)).Status);
        Assert.Equal(401, (await server.CallAs(ada, $"POST {Route}/setups")).Status);
        var wrong = new { body.stripe_token, current_password = "not this one" };
        Assert.Equal(422, (await server.CallAs(ada, $"PUT {Route}", wrong)).Status);
        Assert.Equal(404, (await server.CallAs(ada, $"GET {Route}")).Status);
        await server.Do(ada, $"PUT {Route}", new { body.stripe_token, current_password = ada.Password });
        await server.Do(ada, $"GET {Route}");
    }

    [Theory, EveryDatabase]
    public async Task Revoked_change_of_address_brings_the_card_before_back(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.SetCard(ada);
        server.Pass(TimeSpan.FromMinutes(1));
        var next = new { next_email = "eve@example.org", current_password = ada.Password };
        await server.Do(ada, "POST /api/users/email", next);
        var (confirm, revoke) = (
            (await server.ReadMail("eve@example.org")).Token, (await server.ReadMail(ada.Email, "address")).Token);
        await server.Call("POST /api/users/email/confirm", new { token = confirm });
        var eve = ada with { Email = "eve@example.org" };
        await server.SetCard(eve, "tok_mastercard");
        await server.SetCard(eve, "tok_discover");
        Assert.Equal(200, (await server.Call("POST /api/users/email/revoke", new { token = revoke })).Status);
        Assert.Equal(["4242"], await server.Ask<Db, List<string>>(
            db => db.PaymentMethods.Where(m => m.ReplacedAt == null).Select(m => m.Last4).ToListAsync()));
        Assert.Equal(1, await server.Ask<Db, int>(db => db.PaymentMethods.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Cards_set_at_once_leave_one_current(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var ada = await server.SignUp();
        var answers = await AccountSteps.Race(12, server, twin, node => node.CallAs(
            ada, $"PUT {Route}", new { stripe_token = "tok_visa" }));
        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Equal((1, 12), await server.Ask<Db, (int, int)>(async db => (
            await db.PaymentMethods.CountAsync(m => m.ReplacedAt == null), await db.PaymentMethods.CountAsync())));
    }
}
