using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>Moving up a tier (wire 3.13).</summary>
public sealed class UpgradeTests
{
    [Theory, EveryDatabase]
    public async Task Upgrade_brings_tier_card_and_promo_credits_and_charges_nothing(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.AddPromoCode("spring", "12.345");
        Assert.Equal(
            """{"data":{"tier":"FREE","monthly_cents":0}}""", (await server.Do(ada, "GET /api/upgrade")).Body);
        await server.Do(ada, "POST /api/upgrade", new { stripe_token = "tok_visa", promo_code = "Spring" });
        Assert.Equal("STANDARD", (await server.Do(ada, "GET /api/users")).Data("tier"));
        Assert.Equal("4242", (await server.Do(ada, "GET /api/payment_methods")).Data("last4"));
        Assert.Equal("12.345", (await server.Do(ada, "GET /api/credits")).Data("credits"));
        Assert.Equal((0, 0, 0), await server.CountCharges());
        Assert.Contains("upgraded", (await server.ReadMail(ada.Email, "upgraded")).Subject);
        var again = await server.CallAs(ada, "POST /api/upgrade", new { stripe_token = "tok_visa" });
        Assert.Equal((422, """{"errors":{"":["Account is already upgraded."]}}"""), (again.Status, again.Body));
    }

    [Theory, EveryDatabase]
    public async Task Refused_upgrade_says_why_and_changes_nothing(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        (object Body, string Expected)[] refused =
        [
            (new { }, "\"\":[\"Please set a payment method first.\"]"),
            (new { stripe_token = "tok_chargeDeclined" }, "\"\":[\"Your card was declined.\"]"),
            (new { stripe_token = "tok_visa", promo_code = "NOPE" }, "\"promo_code\":[\"is invalid\"]"),
            (new { stripe_token = 7 }, "\"stripe_token\":[\"is invalid\"]"),
        ];
        foreach (var (body, expected) in refused)
        {
            var answer = await server.CallAs(ada, "POST /api/upgrade", body);
            Assert.Equal((422, $"{{\"errors\":{{{expected}}}}}"), (answer.Status, answer.Body));
        }

        Assert.Equal(422, (await server.CallAs(ada, "PUT /api/users/upgrade")).Status);
        Assert.Equal("FREE", (await server.Do(ada, "GET /api/users")).Data("tier"));
        await server.SetCard(ada);
        await server.Do(ada, "PUT /api/users/upgrade");
        Assert.Equal("STANDARD", (await server.Do(ada, "GET /api/users")).Data("tier"));
    }

    [Theory, EveryDatabase]
    public async Task Card_on_file_is_replaced_after_a_step_up_only(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.SetCard(ada);
        server.Pass(TimeSpan.FromMinutes(11));
        Assert.Equal(401, (await server.CallAs(ada, "POST /api/upgrade", new { stripe_token = "tok_amex" })).Status);
        await server.Do(ada, "POST /api/upgrade");
        Assert.Equal("4242", (await server.Do(ada, "GET /api/payment_methods")).Data("last4"));
    }

    [Theory, EveryDatabase]
    public async Task Upgrade_past_the_owner_s_cap_is_refused_with_the_price(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.SetCard(ada);
        await server.MakeApp(ada, "bar");
        await server.Do(ada, "PUT /api/apps/bar/scale", new { replicas = 1 });
        await server.Do(ada, "POST /api/apps/bar/free_databases");
        await server.Do(ada, "PUT /api/spend_cap", new { amount = "34.99" });
        var refused = await server.CallAs(ada, "POST /api/upgrade", new { stripe_token = "tok_visa" });
        Assert.Equal(422, refused.Status);
        Assert.Contains("Your cap is $34.99 a month. With this a month would cost $35.00.", refused.Body);
        Assert.Equal("FREE", (await server.Do(ada, "GET /api/users")).Data("tier"));
        await server.Do(ada, "PUT /api/spend_cap", new { amount = "35.00" });
        await server.Do(ada, "POST /api/upgrade");
        Assert.Equal("STANDARD", (await server.Do(ada, "GET /api/users")).Data("tier"));
    }

    [Costly, Theory, EveryDatabase]
    public async Task Of_forty_upgrades_at_once_one_is_made(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var ada = await server.SignUp();
        await server.AddPromoCode("SPRING", "10.00", uses: 5);
        var answers = await AccountSteps.Race(40, server, twin, node => node.CallAs(
            ada, "POST /api/upgrade", new { stripe_token = "tok_visa", promo_code = "SPRING" }));
        Assert.Single(answers, answer => answer.Status == 200);
        Assert.Equal(39, answers.Count(answer => answer.Status == 422));
        Assert.Equal(1000, await server.CreditCents(ada));
        var (uses, cards, told) = await server.Ask<Db, (int, int, int)>(async db => (
            await db.PromoCodes.Select(promo => promo.Uses).SingleAsync(),
            await db.PaymentMethods.CountAsync(),
            await db.AuditEntries.CountAsync(entry => entry.Event == AuditEvent.AccountUpgraded)));
        Assert.Equal((1, 1, 1), (uses, cards, told));
        Assert.Equal((0, 0, 0), await server.CountCharges());
    }

    [Costly, Theory, EveryDatabase]
    public async Task Single_use_code_is_redeemed_by_one_of_many_accounts(Engine engine)
    {
        await using var server = await TestServer.Start(engine, AccountSteps.Unlimited);
        await using var twin = await server.StartTwin(AccountSteps.Unlimited);
        var crowd = new List<Customer>();
        for (var i = 0; i < Soak.Times(16, 64); i++) crowd.Add(await server.SignUp($"ada{i}@example.org"));
        await server.AddPromoCode("ONCE", "10.00", uses: 1);
        var answers = await Task.WhenAll(crowd.Select((who, i) => (i % 2 == 0 ? server : twin).CallAs(
            who, "POST /api/upgrade", new { stripe_token = "tok_visa", promo_code = "ONCE" })));
        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers, answer => Assert.True(
            answer.Status == 200 || answer.Body == """{"errors":{"promo_code":["is invalid"]}}""", answer.ToString()));
        Assert.Equal(1, await server.Ask<Db, int>(db => db.Accounts.CountAsync(a => a.Tier == Tier.Standard)));
    }
}
