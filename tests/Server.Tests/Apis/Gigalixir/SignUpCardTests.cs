using Gatehouse.Data;
using Gatehouse.Tests.Harness;
using Gatehouse.Tests.WebConsole;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>Signing up into the paid tier, and with a promo code (wire 3.3, steps 5 to 7).</summary>
public sealed class SignUpCardTests
{
    private const string Email = "ada@example.org";

    [Theory, EveryDatabase]
    public async Task Paid_tier_needs_a_card_and_brings_the_credits_of_the_code(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.AddPromoCode("SPRING", "10.00", uses: 1);
        var uuid = await Prepare(server);
        Assert.Contains("\"promo_codes\":true", (await server.Step(new { uuid })).Body, StringComparison.Ordinal);
        var bad = await server.Call("POST /api/signup", new { uuid, promo_code = "AUTUMN" });
        Assert.Equal((422, """{"errors":{"promo_code":["is invalid"]}}"""), (bad.Status, bad.Body));
        Assert.Equal("""{"data":{"promo":"SPRING"}}""", (await server.Step(new { uuid, promo_code = "spring" })).Body);
        var without = await server.Call("POST /api/signup", new { uuid, tier = "STANDARD" });
        Assert.Equal((422, """{"errors":{"stripe_token":["is required"]}}"""), (without.Status, without.Body));
        var refused = await server.Call("POST /api/signup", new { uuid, stripe_token = "tok_chargeDeclined" });
        Assert.Equal("""422 {"errors":{"stripe_token":["Your card was declined."]}}""", refused.ToString());
        await server.Step(new { uuid, stripe_token = "tok_visa" });
        var done = await server.Step(new { uuid, tier = "STANDARD" });
        var ada = new Customer(Email, SignUpSteps.Password, done.Data("key"), done.Data("user_name"));
        var account = await server.Do(ada, "GET /api/users");
        Assert.Equal(("STANDARD", "1000"), (account.Data("tier"), account.Data("credit_cents")));
        Assert.Equal("4242", (await server.Do(ada, "GET /api/payment_methods")).Data("last4"));
        Assert.Equal((0, 0, 0), await server.CountCharges());
    }

    [Theory, EveryDatabase]
    public async Task Card_of_a_sign_up_is_entered_on_a_page(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var uuid = await Prepare(server);
        var opened = await server.Step(new { uuid, card_page = "open" });
        Assert.Equal("pending", (await server.Step(new { uuid, card_page = opened.Data("id") })).Data("state"));
        var (visitor, path) = (new Visitor(server), new Uri(opened.Data("url")).AbsolutePath);
        (string, string)[] typed =
            [("number", "4242424242424242"), ("exp_month", "12"), ("exp_year", "31"), ("cvc", "123")];
        await visitor.Send(await visitor.Open(path), typed);
        Assert.Equal("complete", (await server.Step(new { uuid, card_page = opened.Data("id") })).Data("state"));
        await server.Step(new { uuid, tier = "STANDARD" });
    }

    [Theory, EveryDatabase]
    public async Task Card_of_a_sign_up_that_was_given_up_is_erased(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var uuid = await Prepare(server);
        await server.Step(new { uuid, stripe_token = "tok_visa" });
        server.Pass(TimeSpan.FromHours(25));
        await server.RunJobs();
        Assert.Equal(0, await server.Ask<Db, int>(db => db.PaymentMethods.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Code_gives_once_however_often_the_account_is_closed_and_made_again(Engine engine)
    {
        await using var server = await TestServer.Start(engine, AccountSteps.Unlimited);
        await server.AddPromoCode("SPRING");
        for (var round = 0; round < Soak.Times(4, 50); round++)
        {
            var uuid = await Prepare(server);
            var promo = await server.Call("POST /api/signup", new { uuid, promo_code = "SPRING" });
            Assert.Equal(round == 0 ? 200 : 422, promo.Status);
            var done = await server.Step(new { uuid, tier = "FREE" });
            var ada = new Customer(Email, SignUpSteps.Password, done.Data("key"), done.Data("user_name"));
            Assert.Equal(round == 0 ? 1000 : 0, await server.CreditCents(ada));
            await server.Do(ada, "DELETE /api/users/destroy", new { email = Email, current_password = ada.Password });
        }

        Assert.Equal((1, 1), await server.Ask<Db, (int, int)>(async db => (
            await db.PromoRedemptions.CountAsync(), await db.PromoCodes.Select(promo => promo.Uses).SingleAsync())));
    }

    [Theory, EveryDatabase]
    public async Task Same_card_does_not_bring_a_code_to_a_second_address(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.AddPromoCode("SPRING");
        var (ada, bob) = (await server.SignUp(), await server.SignUp("bob@example.org"));
        await server.Do(ada, "POST /api/upgrade", new { stripe_token = "tok_visa", promo_code = "SPRING" });
        var body = new { stripe_token = "tok_visa", promo_code = "SPRING" };
        var again = await server.CallAs(bob, "POST /api/upgrade", body);
        Assert.Equal((422, """{"errors":{"promo_code":["is invalid"]}}"""), (again.Status, again.Body));
        await server.Do(bob, "POST /api/upgrade", new { stripe_token = "tok_amex", promo_code = "SPRING" });
    }

    [Theory, EveryDatabase]
    public async Task Code_ends_with_its_time_and_can_be_given_back(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.AddPromoCode("SPRING", expires: "2027-06-15T11:00:00Z");
        var uuid = await Prepare(server);
        await server.Step(new { uuid, promo_code = "SPRING" });
        server.Pass(TimeSpan.FromHours(1));
        var late = await server.Call("POST /api/signup", new { uuid, tier = "FREE" });
        Assert.Equal((422, """{"errors":{"promo_code":["is invalid"]}}"""), (late.Status, late.Body));
        await server.Step(new { uuid, promo_code = "" });
        Assert.Contains("\"promo_codes\":false", (await server.Step(new { uuid })).Body, StringComparison.Ordinal);
        await server.Step(new { uuid, tier = "FREE" });
    }

    private static async Task<string> Prepare(TestServer server)
    {
        var uuid = await server.StartSignUp(Email);
        await server.Step(new { uuid, confirmation_code = (await server.ReadMail(Email, "onfirm")).Code });
        await server.Step(new { uuid, password = SignUpSteps.Password });
        return uuid;
    }
}
