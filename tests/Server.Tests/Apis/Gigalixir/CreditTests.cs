using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Gateways;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>Buying credits: what was paid is there, once, whatever falls over in between (T110).</summary>
public sealed class CreditTests
{
    [Theory, EveryDatabase]
    public async Task Credits_are_bought_with_the_card_on_file(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        var without = await server.Buy(ada, "25.00");
        Assert.Equal(422, without.Status);
        Assert.Equal("""{"errors":{"":["Please set a payment method first."]}}""", without.Body);
        await server.SetCard(ada);
        var bought = await server.Buy(ada, "25.00");
        Assert.Equal((201, "2500", "paid"), (bought.Status, bought.Data("amount_cents"), bought.Data("state")));
        var credits = (await server.Do(ada, "GET /api/credits")).Json();
        Assert.Equal(2500, credits.GetProperty("balance_cents").GetInt64());
        Assert.Equal("25.00", credits.GetProperty("credits").GetString());
        Assert.Equal("25.00", credits.GetProperty("postings")[0].GetProperty("change").GetString());
        Assert.Equal((1, 1, 1), await server.CountCharges());
        Assert.Contains("25.00 USD", (await server.ReadMail(ada.Email, "Receipt")).Text);
    }

    [Theory, EveryDatabase]
    public async Task Repeated_request_is_the_same_payment_and_another_one_is_refused(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var ada = await server.SignUp();
        await server.SetCard(ada);
        var answers = await AccountSteps.Race(12, server, twin, node => node.Buy(ada, "25.00", "order 1"));
        Assert.All(answers, answer => Assert.Equal(201, answer.Status));
        Assert.Single(answers.Select(answer => answer.Data("id")).Distinct());
        var other = await server.Buy(ada, "26.00", "order 1");
        Assert.Equal(422, other.Status);
        Assert.Contains("idempotency key", other.Body, StringComparison.Ordinal);
        await server.Buy(ada, "25.00");
        Assert.Equal(5000, await server.CreditCents(ada));
        Assert.Equal((2, 2, 2), await server.CountCharges());
    }

    [Theory, EveryDatabase]
    public async Task Refused_charge_adds_nothing_and_stays_refused(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.SetCard(ada, "tok_chargeCustomerFail");
        for (var i = 0; i < 2; i++)
        {
            var refused = await server.Buy(ada, "25.00", "order 1");
            Assert.Equal((422, """{"errors":{"":["Your card was declined."]}}"""), (refused.Status, refused.Body));
        }

        Assert.Equal(0, await server.CreditCents(ada));
        Assert.Equal(1, await server.Ask<Db, int>(
            db => db.Payments.CountAsync(p => p.State == PaymentState.Declined)));
    }

    [Theory, EveryDatabase]
    public async Task Answer_that_never_came_is_found_out(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.SetCard(ada);
        foreach (var fault in Enum.GetValues<SandboxFault>())
        {
            server.Plan(fault);
            Assert.Equal(503, (await server.Buy(ada, "10.00")).Status);
        }

        Assert.Equal(0, await server.CreditCents(ada));
        await LetTimePass(server, TimeSpan.FromMinutes(1));
        Assert.Equal(3000, await server.CreditCents(ada));
        Assert.Equal((3, 3, 3), await server.CountCharges());
    }

    [Theory, EveryDatabase]
    public async Task After_a_day_a_charge_is_looked_up_and_never_repeated(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.SetCard(ada);
        foreach (var fault in (SandboxFault[])[SandboxFault.TimeOutAfterSuccess, SandboxFault.Dropped])
        {
            server.Plan(fault);
            Assert.Equal(503, (await server.Buy(ada, "10.00")).Status);
        }

        await LetTimePass(server, TimeSpan.FromHours(24));
        Assert.Equal(1000, await server.CreditCents(ada));
        Assert.Equal((1, 1, 1), await server.CountCharges());
        Assert.Contains("nothing was charged", (await server.ReadMail(ada.Email, "payment failed")).Text);
    }

    [Theory, EveryDatabase]
    public async Task Kill_between_any_two_steps_neither_charges_twice_nor_loses_credits(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.SetCard(ada);
        var (bought, crashed) = (0, 0);
        for (var step = 1; ; step += Soak.Times(3, 1))
        {
            using var crash = new CrashPoint(server, step);
            var answer = await server.Buy(ada, "1.00", $"order {step}");
            crash.Dispose();
            if (!crash.Happened) break;
            crashed++;
            await LetTimePass(server, TimeSpan.FromMinutes(1));
            bought = (await server.CountCharges()).Paid;
            Assert.Equal((bought, bought, bought), await server.CountCharges());
            Assert.Equal(bought * 100, await server.CreditCents(ada));
            Assert.True(answer.Status is 201 or 500 or 503, answer.ToString());
        }

        Assert.InRange(crashed, 5, 500);
    }

    [Theory, EveryDatabase]
    public async Task Amount_is_exact_or_refused(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.SetCard(ada);
        foreach (var amount in Amounts())
        {
            var answer = await server.CallAs(ada, "POST /api/credits", $$"""{"amount":{{amount}}}""");
            Assert.True(answer.Status is 400 or 422, $"{amount}: {answer}");
        }

        foreach (var amount in (string[])["1", "\"1.00\"", "\"1.000000000\"", "1.00", "\"01.00\""])
        {
            var answer = await server.CallAs(ada, "POST /api/credits", $$"""{"amount":{{amount}}}""");
            Assert.True(answer.Status == 201 && answer.Data("amount_cents") == "100", $"{amount}: {answer}");
        }

        Assert.Equal(500, await server.CreditCents(ada));
    }

    private static IEnumerable<string> Amounts()
    {
        string[] numbers =
        [
            "0", "-0", "-1", "0.99", "1.005", "0.1", "1e400", "1e2", "1E2", "10000.01", "10000.001", "10001",
            "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551616",
            "92233720368.54775807", "92233720368.54775808", "1.0000000001", "1.000000001", "0.30000000000000004",
            "1.0000000000", "1.001", "100000000000000000000000000000", "-1.00", "0.00", "00.00", "1.-1",
        ];
        string[] texts =
        [
            "", " ", " 1.00", "1.00 ", "+1.00", "1,00", "1,000.00", "1.00.00", "$1.00", "1.00 USD", "NaN", "Infinity",
            "-Infinity", "0x10", "1_0", "１.00", "٣", "1.", ".50", "1e1", "null", "true", "1\\n", "1\\u0000",
        ];
        var others = (string[])["NaN", "Infinity", "null", "true", "[]", "[1]", "{}", "{\"a\":1}", "1.", ".5", "+1"];
        return numbers.Concat(numbers.Concat(texts).Select(text => $"\"{text}\"")).Concat(others);
    }

    private static async Task LetTimePass(TestServer server, TimeSpan by)
    {
        server.Pass(by);
        await server.RunJobs();
    }
}
