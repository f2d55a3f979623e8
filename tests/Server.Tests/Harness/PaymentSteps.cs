using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.PromoCodes;
using Gatehouse.Gateways;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gatehouse.Tests.Harness;

/// <summary>Cards, promo codes and payments, over HTTP and as the sandbox sees them.</summary>
internal static class PaymentSteps
{
    /// <summary>Gives somebody a card.</summary>
    public static Task<Answer> SetCard(this TestServer server, Customer who, string token = "tok_visa") =>
        server.Do(who, "PUT /api/payment_methods", new { stripe_token = token });

    /// <summary>Buys credits, under a request key or without.</summary>
    public static Task<Answer> Buy(this TestServer server, Customer who, object amount, string? key = null) =>
        server.Call(
            "POST /api/credits", new { amount }, authorization: who.Basic,
            headers: key is null ? [] : [("Idempotency-Key", key)]);

    /// <summary>What is left of somebody's credits, in cents.</summary>
    public static async Task<long> CreditCents(this TestServer server, Customer who) =>
        (await server.Do(who, "GET /api/credits")).Json().GetProperty("balance_cents").GetInt64();

    /// <summary>Lets one of the next requests to the sandbox fail.</summary>
    public static void Plan(this TestServer server, SandboxFault fault) =>
        server.Services.GetRequiredService<SandboxFaults>().Plan(fault);

    /// <summary>A promo code, as the operator makes it.</summary>
    public static async Task AddPromoCode(
        this TestServer server, string code, string credit = "10.00", int? uses = null, string? expires = null)
    {
        var wanted = new WantedPromoCode(code, credit, uses, expires);
        var made = await server.Ask<CreatePromoCode, Outcome<PromoCode>>(
            create => create.Run(Caller.Operator, wanted, CancellationToken.None));
        Assert.Null(made.Refusal);
    }

    /// <summary>How many charges the sandbox made, and how many payments and postings we have of them.</summary>
    public static Task<(int Charges, int Paid, int Postings)> CountCharges(this TestServer server) =>
        server.Ask<Db, (int, int, int)>(async db => (
            await db.SandboxObjects.CountAsync(made => made.Id.StartsWith("ch_")),
            await db.Payments.CountAsync(payment => payment.State == PaymentState.Paid),
            await db.LedgerTransactions.CountAsync(posting => posting.RequestKey.StartsWith("payment:"))));
}
