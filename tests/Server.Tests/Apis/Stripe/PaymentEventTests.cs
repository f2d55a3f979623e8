using System.Text;
using System.Text.Json.Nodes;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Credits;
using Gatehouse.Tests.Harness;
using Gatehouse.Tests.Harness.Stripe;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis.Stripe;

/// <summary>What Stripe tells by itself leads to where Stripe says it is, and to that alone (T107 to T109).</summary>
public sealed class PaymentEventTests
{
    [Theory, EveryDatabase]
    public async Task Without_stripe_there_are_no_events(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        Assert.Equal(503, (await server.Call("POST /webhooks/stripe", "{}")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Event_without_a_good_signature_is_refused(Engine engine)
    {
        await using var stripe = await FakeStripe.Start();
        await using var server = await stripe.Serve(engine);
        await Waiting(server, stripe);
        var told = stripe.Bank.Events[^1].ToJsonString();
        var now = new DateTimeOffset(server.Now);
        var good = FakeStripe.Sign(told, now);
        string[] bad =
        [
            "", "t=1", "v1=00", good.Replace("v1=", "v0="), good[..^1], good + "0", good.Replace("t=", "t=1"),
            FakeStripe.Sign(told, now, "whsec_"), FakeStripe.Sign(told, now, FakeStripe.SecretKey),
            FakeStripe.Sign(told + " ", now), FakeStripe.Sign(told, now.AddSeconds(-301)),
            FakeStripe.Sign(told, DateTimeOffset.UnixEpoch), good.ToUpperInvariant(), "t=,v1=", ",,,", "t=x,v1=y",
        ];
        foreach (var signature in bad) Assert.Equal(400, (await Post(server, told, signature)).Status);
        Assert.Equal(400, (await Post(server, told + "\n", good)).Status);
        Assert.Equal(400, (await Post(server, "[]", FakeStripe.Sign("[]", now))).Status);
        Assert.Equal(413, (await Post(server, new string('x', 300_000), good)).Status);
        Assert.Equal(PaymentState.Waiting, await server.StateOfPayment());
        Assert.Equal(200, (await Post(server, told, good)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Payment_that_was_confirmed_is_booked_when_stripe_tells(Engine engine)
    {
        await using var stripe = await FakeStripe.Start();
        await using var server = await stripe.Serve(engine);
        var ada = await Waiting(server, stripe);
        stripe.Bank.Authenticate((string)stripe.Intents()[0]["id"]!, agrees: true);
        await Deliver(server, stripe.Bank.Events[^1]);
        Assert.Equal(2500, await server.CreditCents(ada));
    }

    [Theory, EveryDatabase]
    public async Task Events_ten_times_shuffled_and_late_lead_to_the_same_books(Engine engine)
    {
        await using var stripe = await FakeStripe.Start();
        await using var server = await stripe.Serve(engine);
        var ada = await Waiting(server, stripe);
        stripe.Bank.Authenticate((string)stripe.Intents()[0]["id"]!, agrees: true);
        await server.SetCard(ada);
        await server.Buy(ada, "10.00");
        var disputed = stripe.Bank.Dispute((string)stripe.Intents()[1]["id"]!);
        stripe.Bank.Decide(disputed, "lost");
        foreach (var told in stripe.Bank.Events.ToList()) await Deliver(server, told);
        var once = await Books(server);
        server.Pass(TimeSpan.FromDays(3));
        var dice = new Dice(7);
        var again = Enumerable.Repeat(stripe.Bank.Events, 10).SelectMany(all => all).ToList();
        foreach (var told in again.OrderBy(_ => dice.Throw(1000)).ToList()) await Deliver(server, told);
        Assert.Equal(once, await Books(server));
        Assert.Equal(2500, await server.CreditCents(ada));
        Assert.Empty(await server.FindFaults());
    }

    [Theory, EveryDatabase]
    public async Task Disputed_payment_suspends_until_the_bank_has_decided(Engine engine)
    {
        await using var stripe = await FakeStripe.Start();
        await using var server = await stripe.Serve(engine);
        var ada = await server.WithCard();
        await server.Buy(ada, "20.00");
        await server.Buy(ada, "5.00");
        var other = stripe.Bank.Dispute((string)stripe.Intents()[1]["id"]!);
        await Deliver(server, stripe.Bank.Events[^1]);
        var dispute = stripe.Bank.Dispute((string)stripe.Intents()[0]["id"]!);
        var opened = stripe.Bank.Events[^1];
        await Deliver(server, opened);
        await Deliver(server, opened);
        Assert.Equal("suspended", await server.StatusOf(ada));
        Assert.Equal("dispute", (await server.Do(ada, "GET /api/users")).Data("suspended_for"));
        Assert.Contains("suspended", (await server.ReadMail(ada.Email, "Payment disputed")).Text);
        Assert.Contains("payment.dispute:", server.Log.Text, StringComparison.Ordinal);
        stripe.Bank.Decide(dispute, "won");
        await Deliver(server, stripe.Bank.Events[^1]);
        await Deliver(server, opened);
        Assert.Equal("suspended", await server.StatusOf(ada)); // The other one is open still.
        stripe.Bank.Decide(other, "won");
        await Deliver(server, stripe.Bank.Events[^1]);
        Assert.Equal("active", await server.StatusOf(ada));
        Assert.Equal(2500, await server.CreditCents(ada));
    }

    [Theory, EveryDatabase]
    public async Task Bank_that_only_asks_changes_nothing_until_it_takes_the_money(Engine engine)
    {
        await using var stripe = await FakeStripe.Start();
        await using var server = await stripe.Serve(engine);
        var ada = await server.WithCard();
        await server.Buy(ada, "20.00");
        var payment = (string)stripe.Intents()[0]["id"]!;
        var question = stripe.Bank.Dispute(payment, "warning_needs_response");
        await Deliver(server, stripe.Bank.Events[^1]);
        stripe.Bank.Decide(question, "warning_closed");
        await Deliver(server, stripe.Bank.Events[^1]);
        Assert.Equal("active", await server.StatusOf(ada));
        Assert.False(await server.Ask<Db, bool>(
            db => db.AuditEntries.AnyAsync(entry => entry.Event == AuditEvent.DisputeWon)));
        stripe.Bank.Dispute(payment);
        await Deliver(server, stripe.Bank.Events[^1]);
        Assert.Equal("suspended", await server.StatusOf(ada));
    }

    [Theory, EveryDatabase]
    public async Task Refund_that_the_bank_sends_back_gives_the_credits_back_once(Engine engine)
    {
        await using var stripe = await FakeStripe.Start();
        await using var server = await stripe.Serve(engine);
        var ada = await server.WithCard();
        var payment = Guid.Parse((await server.Buy(ada, "25.00")).Data("id"));
        var refunded = await server.Ask<RefundPayment, Outcome<Refund>>(refund => refund.Run(
            Caller.Operator, new WantedRefund(payment, Amount: null, "a test"), CancellationToken.None));
        Assert.Null(refunded.Refusal);
        Assert.Equal(0, await server.CreditCents(ada));
        stripe.Bank.All("refund")[0]["status"] = "failed";
        await Deliver(server, stripe.Bank.Events[^1]);
        await Deliver(server, stripe.Bank.Events[^1]);
        Assert.Equal(2500, await server.CreditCents(ada));
        Assert.Empty(await server.FindFaults());
    }

    /// <summary>Somebody whose bank wants to hear from the customer.</summary>
    private static async Task<Customer> Waiting(TestServer server, FakeStripe stripe)
    {
        var ada = await server.WithCard("tok_authenticationRequired");
        Assert.Equal(402, (await server.Buy(ada, "25.00")).Status);
        Assert.Single(stripe.Intents());
        return ada;
    }

    /// <summary>As Stripe does at each try: signed anew.</summary>
    private static async Task Deliver(TestServer server, JsonObject told)
    {
        var body = told.ToJsonString();
        var answer = await Post(server, body, FakeStripe.Sign(body, new DateTimeOffset(server.Now)));
        Assert.Equal((200, "Thank you."), (answer.Status, answer.Body));
    }

    private static Task<Answer> Post(TestServer server, string body, string signature) => server.Call(
        "POST /webhooks/stripe", new StringContent(body, Encoding.UTF8, "application/json"),
        headers: [("Stripe-Signature", signature)]);

    /// <summary>Where every chain of the books ends.</summary>
    private static async Task<string> Books(TestServer server)
    {
        var heads = await server.Ask<Db, List<byte[]>>(
            db => db.LedgerChains.OrderBy(chain => chain.OwnerId).Select(chain => chain.Head).ToListAsync());
        return string.Join(' ', heads.Select(Convert.ToHexStringLower));
    }
}
