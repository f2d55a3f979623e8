using System.Text.Json;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Tests.Harness;
using Gatehouse.Tests.Harness.Stripe;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Features.Credits;

/// <summary>
/// Whatever goes wrong at Stripe, and wherever we fall over: nothing is charged twice, nothing without its credits, and
/// what does not fit is not believed (R6, R7, T110, T111).
/// </summary>
public sealed class StripeChargeTests
{
    [Theory, EveryDatabase]
    public async Task Every_fault_at_every_step_ends_in_one_charge_that_is_booked(Engine engine)
    {
        await using var stripe = await FakeStripe.Start();
        await using var server = await stripe.Serve(engine);
        var ada = await server.WithCard();
        var count = 0;
        foreach (var first in Enum.GetValues<StripeFault>())
        {
            stripe.Faults.Plan(first);
            await server.Buy(ada, "1.00");
            stripe.Faults.Plan(null, first);
            await server.Buy(ada, "1.00");
            count += 2;
        }

        await server.LetTimePass(TimeSpan.FromMinutes(1));
        await server.LetTimePass(TimeSpan.FromMinutes(1));
        Assert.Equal((count * 100, count * 100, count * 100), await server.CountMoney(stripe));
        Assert.Equal(count, stripe.Intents().Count(intent => (string?)intent["status"] == "succeeded"));
    }

    [Theory, EveryDatabase]
    public async Task Bank_that_wants_to_hear_from_the_customer_gets_the_customer(Engine engine)
    {
        await using var stripe = await FakeStripe.Start();
        await using var server = await stripe.Serve(engine);
        var ada = await server.WithCard("tok_authenticationRequired");
        for (var i = 0; i < 2; i++)
        {
            var asked = await server.Buy(ada, "25.00", "order 1");
            var link = JsonDocument.Parse(asked.Body).RootElement.GetProperty("confirm_url").GetString()!;
            Assert.Equal(402, asked.Status);
            Assert.Contains($"to confirm this payment: {link}", asked.Body, StringComparison.Ordinal);
            Assert.Contains($"\n{link}\n", (await server.ReadMail(ada.Email, "Please confirm")).Text);
        }

        Assert.Equal(PaymentState.Waiting, await server.StateOfPayment());
        stripe.Bank.Authenticate((string)Assert.Single(stripe.Intents())["id"]!, agrees: true);
        await server.LetTimePass(TimeSpan.FromMinutes(1));
        Assert.Equal(2500, await server.CreditCents(ada));
        Assert.Equal(201, (await server.Buy(ada, "25.00", "order 1")).Status);
        Assert.Equal((2500, 2500, 2500), await server.CountMoney(stripe));
    }

    [Theory, EveryDatabase]
    public async Task Payment_that_nobody_confirms_is_cancelled_after_a_day(Engine engine)
    {
        await using var stripe = await FakeStripe.Start();
        await using var server = await stripe.Serve(engine);
        var ada = await server.WithCard("tok_authenticationRequired");
        Assert.Equal(402, (await server.Buy(ada, "25.00")).Status);
        await server.LetTimePass(TimeSpan.FromHours(23));
        Assert.Equal(PaymentState.Declined, await server.StateOfPayment());
        Assert.Equal("canceled", (string?)Assert.Single(stripe.Intents())["status"]);
        Assert.Contains("nothing was charged", (await server.ReadMail(ada.Email, "payment failed")).Text);
        Assert.Equal(402, (await server.Buy(ada, "10.00")).Status);
        stripe.Bank.Authenticate((string)stripe.Intents()[1]["id"]!, agrees: false);
        await server.LetTimePass(TimeSpan.FromMinutes(1));
        Assert.Equal((0, 0, 0), await server.CountMoney(stripe));
    }

    [Theory, EveryDatabase]
    public async Task After_a_day_what_was_not_charged_is_ended_and_what_was_is_found(Engine engine)
    {
        await using var stripe = await FakeStripe.Start();
        await using var server = await stripe.Serve(engine);
        var ada = await server.WithCard();
        foreach (var faults in (StripeFault?[][])[
            [StripeFault.Dropped], [StripeFault.LostAfter], [null, StripeFault.Dropped], [null, StripeFault.LostAfter],
            [null, StripeFault.FailedBefore], [null, StripeFault.FailedAfter], [StripeFault.FailedAfter],
        ])
        {
            stripe.Faults.Plan(faults);
            Assert.Equal(503, (await server.Buy(ada, "1.00")).Status);
        }

        await server.LetTimePass(TimeSpan.FromHours(25));
        Assert.Equal((200, 200, 200), await server.CountMoney(stripe));
        Assert.Equal(7, await server.Ask<Db, int>(db => db.Payments.CountAsync(p => p.SettledAt != null)));
        var named = await server.Ask<Db, List<string?>>(db => db.Payments.Select(p => p.ChargeRef).ToListAsync());
        Assert.DoesNotContain(stripe.Intents(), intent =>
            (string?)intent["status"] == "requires_confirmation" && named.Contains((string?)intent["id"]));
    }

    [Theory, EveryDatabase]
    public async Task Charge_whose_name_was_lost_is_found_by_what_it_was_for(Engine engine)
    {
        await using var stripe = await FakeStripe.Start();
        await using var server = await stripe.Serve(engine);
        var ada = await server.WithCard();
        stripe.Faults.Plan(null, StripeFault.LostAfter);
        Assert.Equal(503, (await server.Buy(ada, "25.00")).Status);
        // The database came back from a backup that was made in between.
        await server.Ask<Db, int>(db => db.Payments.ExecuteUpdateAsync(
            set => set.SetProperty(p => p.ChargeRef, (string?)null)));
        await server.LetTimePass(TimeSpan.FromHours(25));
        Assert.Equal(2500, await server.CreditCents(ada));
        Assert.Equal((2500, 2500, 2500), await server.CountMoney(stripe));
    }

    [Theory, EveryDatabase]
    public async Task What_is_not_as_it_was_asked_for_is_put_in_quarantine(Engine engine)
    {
        await using var stripe = await FakeStripe.Start();
        await using var server = await stripe.Serve(engine);
        var ada = await server.WithCard();
        (string Field, object Value)[] changes =
            [("amount", 1L), ("amount_received", 1L), ("currency", "jpy"), ("customer", "cus_of_somebody_else")];
        foreach (var (field, value) in changes)
        {
            stripe.Faults.Plan(null, StripeFault.LostAfter);
            Assert.Equal(503, (await server.Buy(ada, "25.00", field)).Status);
            stripe.Intents()[^1][field] = value is long number ? number : (string)value;
        }

        await server.LetTimePass(TimeSpan.FromHours(23.5));
        Assert.Equal(0, await server.CreditCents(ada));
        Assert.Equal(4, await server.Ask<Db, int>(
            db => db.Payments.CountAsync(p => p.State == PaymentState.Quarantined)));
        Assert.Contains("We are looking into it.", (await server.Buy(ada, "25.00", "amount")).Body);
        Assert.Contains("payment.quarantined", server.Log.Text, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Kill_between_any_two_steps_neither_charges_twice_nor_loses_credits(Engine engine)
    {
        await using var stripe = await FakeStripe.Start();
        await using var server = await stripe.Serve(engine);
        var ada = await server.WithCard();
        var crashed = 0;
        for (var step = 1; ; step += Soak.Times(3, 1))
        {
            using var crash = new CrashPoint(server, step);
            await server.Buy(ada, "1.00", $"order {step}");
            crash.Dispose();
            if (!crash.Happened) break;
            crashed++;
            await server.LetTimePass(TimeSpan.FromMinutes(1));
            var (taken, paid, booked) = await server.CountMoney(stripe);
            Assert.Equal((taken, taken), (paid, booked));
        }

        Assert.InRange(crashed, 5, 200);
    }
}
