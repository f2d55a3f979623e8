using System.Text.Json.Nodes;
using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Tests.Harness.Stripe;

/// <summary>Servers that take money at the fake of Stripe.</summary>
internal static class StripeSteps
{
    /// <summary>A server of which this is the payment provider; both have the same clock.</summary>
    public static async Task<TestServer> Serve(
        this FakeStripe stripe, Engine engine, params IEnumerable<(string Name, string Value)> settings)
    {
        var server = await TestServer.Start(engine, stripe.Settings.Concat(settings));
        stripe.Now = () => new DateTimeOffset(server.Now);
        return server;
    }

    /// <summary>Somebody with a card.</summary>
    public static async Task<Customer> WithCard(this TestServer server, string token = "tok_visa")
    {
        var ada = await server.SignUp();
        await server.SetCard(ada, token);
        return ada;
    }

    /// <summary>The jobs run after a while, and once more for what that brought.</summary>
    public static async Task LetTimePass(this TestServer server, TimeSpan by)
    {
        server.Pass(by);
        await server.RunJobs();
        server.Pass(TimeSpan.FromMinutes(1));
        await server.RunJobs();
    }

    /// <summary>The intents at Stripe.</summary>
    public static List<JsonObject> Intents(this FakeStripe stripe) => stripe.Bank.All("payment_intent");

    /// <summary>Cents at Stripe, cents of payments that are paid, and cents that were booked of them.</summary>
    public static Task<(long Taken, long Paid, long Booked)> CountMoney(this TestServer server, FakeStripe stripe) =>
        server.Ask<Db, (long, long, long)>(async db => (
            stripe.Bank.Taken,
            await db.Payments.Where(p => p.State == PaymentState.Paid)
                .SumAsync(p => p.AmountNanos - p.RefundedNanos) / 10_000_000,
            -await db.LedgerEntries.Where(e => e.Kind == LedgerKind.Clearing).SumAsync(e => e.Amount) / 10_000_000));

    /// <summary>How far the only payment is.</summary>
    public static Task<PaymentState> StateOfPayment(this TestServer server) =>
        server.Ask<Db, PaymentState>(db => db.Payments.Select(p => p.State).SingleAsync());
}
