using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis.Temporal;

/// <summary>Credits for a card token, and the upgrade without a card (wire, section 6 and 5.2).</summary>
public sealed class PaymentTests
{
    private const string Charge = "POST /v2/payments/stripe/charge";

    [Theory, EveryDatabase]
    public async Task Token_buys_credits_and_every_refusal_is_said(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Member.Join(server);
        (string Token, string Cents, string Expected)[] charges =
        [
            ("tok_visa", "500", """200 {"code":200,"response":"stripe credit purchase successful"}"""),
            ("tok_chargeDeclinedInsufficientFunds", "500",
                """400 {"code":400,"response":"Your card has insufficient funds."}"""),
            ("tok_chargeCustomerFail", "500", """400 {"code":400,"response":"Your card was declined."}"""),
            ("tok_none", "500", """400 {"code":400,"response":"No such token: 'tok_none'"}"""),
            ("tok_visa", "0", """400 {"code":400,"response":"value_in_cents must be between 100 and 1000000"}"""),
            ("tok_visa", "-500", """400 {"code":400,"response":"value_in_cents must be between 100 and 1000000"}"""),
            ("tok_visa", "9223372036854775807",
                """400 {"code":400,"response":"value_in_cents must be between 100 and 1000000"}"""),
        ];
        foreach (var (token, cents, expected) in charges)
            Assert.Equal(expected, (await ada.Call(Charge, Fields(token, cents))).ToString());
        foreach (var cents in (string[])["5.00", "NaN", "1e3", "9223372036854775808", "five", " 500"])
        {
            var refused = await ada.Call(Charge, Fields("tok_visa", cents));
            Assert.Equal(400, refused.Status);
            Assert.Contains("strconv.ParseInt", refused.Body, StringComparison.Ordinal);
        }

        Assert.Equal("5", (await ada.Call("GET /v2/account/credits/available")).Response().GetRawText());
        Assert.Equal(1, (await server.CountCharges()).Paid);
        Assert.Equal(0, await server.Ask<Db, int>(db => db.PaymentMethods.CountAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Repeated_request_under_one_key_is_one_payment(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Member.Join(server);
        foreach (var (cents, expected) in new (string, string)[]
        {
            ("500", """200 {"code":200,"response":"stripe credit purchase successful"}"""),
            ("500", """200 {"code":200,"response":"stripe credit purchase successful"}"""),
            ("700", """400 {"code":400,"response":"this idempotency key was used for another request"}"""),
        })
        {
            var answer = await server.Call(
                Charge, Fields("tok_visa", cents), authorization: ada.Bearer, headers: ("Idempotency-Key", "one"));
            Assert.Equal(expected, answer.ToString());
        }

        Assert.Equal("5", (await ada.Call("GET /v2/account/credits/available")).Response().GetRawText());
        Assert.Equal(1, (await server.CountCharges()).Paid);
    }

    [Theory, EveryDatabase]
    public async Task Unproven_address_buys_nothing(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Member.Unconfirmed(server);
        Assert.Equal(
            """400 {"code":400,"response":"unverified accounts must verify before being able to buy credits"}""",
            (await ada.Call(Charge, Fields("tok_visa", "500"))).ToString());
        Assert.Equal((0, 0, 0), await server.CountCharges());
    }

    [Theory, EveryDatabase]
    public async Task Upgrade_without_card_and_credits_is_refused_while_a_free_database_would_cost(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Member.Join(server);
        await server.Ask<Db, int>(async db =>
        {
            var owner = await db.Accounts.SingleAsync();
            var place = new AppPlace("gcp", "europe-west1", "gigalixir-24");
            var app = App.Create(owner.Id, AppName.AtRandom(crowded: false), place, new Size(200), server.Now);
            db.AddRange(app, new AppDatabase
            {
                Id = Guid.CreateVersion7(server.Now),
                AppId = app.Id,
                OwnerId = owner.Id,
                Tier = Tier.Free,
                SizeMilli = 0,
                Version = "16",
                Cloud = "gcp",
                Region = "europe-west1",
                HighAvailability = false,
                State = default,
                CreatedAt = server.Now,
            });
            return await db.SaveChangesAsync();
        });
        Assert.Equal(
            """400 {"code":400,"response":"add credits or a payment method first"}""",
            (await ada.Call("POST /v2/account/upgrade")).ToString());
        await ada.Call(Charge, Fields("tok_visa", "500"));
        Assert.Equal(200, (await ada.Call("POST /v2/account/upgrade")).Status);
    }

    private static MultipartFormDataContent Fields(string token, string cents) => Member.Fields(
        ("stripe_token", token), ("stripe_email", "ada@example.org"), ("value_in_cents", cents));
}
