using Gatehouse.Commands;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Credits;
using Gatehouse.Gateways;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Features.Credits;

/// <summary>Paying back: never more than was paid, never twice, never what was spent, whatever falls over.</summary>
public sealed class RefundPaymentTests
{
    [Theory, EveryDatabase]
    public async Task Payment_is_paid_back_in_parts_and_never_more(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, payment) = await Bought(server, "25.00");
        Assert.Equal(
            (0, $"$5.00 of {payment} are paid back.\n", ""),
            await Admin(server, "payment:refund", payment, "--reason", "too many", "--amount", "5.00"));
        Assert.Contains("Amount: 5.00 USD", (await server.ReadMail(ada.Email, "Refund")).Text);
        Assert.Equal((2000, 1, 500), await Count(server, ada));
        foreach (var amount in (string[])["20.01", "0", "0.005", "0.00"])
        {
            var refused = await Admin(server, "payment:refund", payment, "--reason", "all", "--amount", amount);
            Assert.Equal((1, "", "The amount must be whole cents up to 20.00, which is what is left of the payment.\n"),
                refused);
        }

        Assert.Equal(0, (await Admin(server, "payment:refund", payment, "--reason", "the rest")).Exit);
        Assert.Equal(1, (await Admin(server, "payment:refund", payment, "--reason", "once more")).Exit);
        Assert.Equal((0, 2, 2500), await Count(server, ada));
        var activity = (await server.Do(ada, "GET /api/activity")).Body;
        Assert.Contains("payment.refunded", activity, StringComparison.Ordinal);
        Assert.Contains("gatehouse admin: the rest", activity, StringComparison.Ordinal);
        Assert.EndsWith(" 0 faults.\n", (await Admin(server, "ledger:verify")).Output, StringComparison.Ordinal);
        var listed = (await Admin(server, "payment:list", ada.Email)).Output;
        foreach (var text in (string[])[payment, "\"refunded\": \"25.00\"", "\"state\": \"paid\"", "\"ch_"])
            Assert.Contains(text, listed, StringComparison.Ordinal);
        Assert.Equal(1, (await Admin(server, "payment:list", "nobody")).Exit);
    }

    [Theory, EveryDatabase]
    public async Task Credits_that_were_spent_are_not_paid_back(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, payment) = await Bought(server, "25.00");
        await Admin(server, "credit:take", ada.Email, "10", "--reason", "used up");
        var refused = await Admin(server, "payment:refund", payment, "--reason", "all");
        Assert.Equal((1, "", "The credits were spent already. Nothing was paid back.\n"), refused);
        Assert.Equal((1500, 0, 0), await Count(server, ada));
    }

    [Theory, EveryDatabase]
    public async Task Only_the_operator_pays_back_and_only_what_was_paid(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.SetCard(ada, "tok_chargeCustomerFail");
        await server.Buy(ada, "25.00");
        var declined = await server.Ask<Db, Guid>(db => db.Payments.Select(p => p.Id).SingleAsync());
        foreach (var id in (string[])[$"{declined:D}", $"{Guid.Empty:D}", "nonsense"])
        {
            Assert.Equal(
                (1, "", $"There is no payment {id} that was paid.\n"),
                await Admin(server, "payment:refund", id, "--reason", "test"));
        }

        foreach (var caller in (Caller[])[Caller.Server, new Caller("127.0.0.1", "curl", "1")])
        {
            var wanted = new WantedRefund(declined, Amount: null, "test");
            var asked = await server.Ask<RefundPayment, Outcome<Refund>>(
                refund => refund.Run(caller, wanted, CancellationToken.None));
            Assert.Equal(Reason.NotFound, asked.Refusal?.Reason);
        }
    }

    [Theory, EveryDatabase]
    public async Task Refunds_at_once_never_exceed_the_payment(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var (ada, payment) = await Bought(server, "25.00");
        var id = Guid.Parse(payment);
        foreach (var amount in (string[])["10.00", "15.00"])
        {
            await Task.WhenAll(Enumerable.Range(0, 12).Select(
                i => Task.Run(() => Try(i % 2 == 0 ? server : twin, id, AdminAmount(amount)))));
        }

        await LetTimePass(server, TimeSpan.FromMinutes(1));
        var (credits, refunds, refunded) = await Count(server, ada);
        Assert.InRange(refunded, 1000, 2500);
        Assert.Equal(2500 - refunded, credits);
        Assert.Equal(refunds, await server.Ask<Db, int>(
            db => db.Refunds.CountAsync(refund => refund.State == RefundState.Paid)));
        Assert.Equal(refunded * 10_000_000, await server.Ask<Db, long>(
            db => db.Refunds.Where(r => r.State == RefundState.Paid).SumAsync(r => r.AmountNanos)));
    }

    [Theory, EveryDatabase]
    public async Task Answer_that_never_came_is_found_out(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, payment) = await Bought(server, "25.00");
        string[] words = ["payment:refund", payment, "--reason", "test", "--amount", "5.00"];
        foreach (var (done, fault) in Enum.GetValues<SandboxFault>().Index())
        {
            server.Plan(fault);
            var unanswered = await Admin(server, words);
            Assert.Contains("did not answer", unanswered.Error, StringComparison.Ordinal);
            Assert.Equal(2000 - (done * 500), await server.CreditCents(ada));
            var other = await Admin(server, "payment:refund", payment, "--reason", "test", "--amount", "6.00");
            Assert.Contains("under way", other.Error, StringComparison.Ordinal);
            if (done == 0) Assert.Equal(0, (await Admin(server, words)).Exit);
            else await LetTimePass(server, TimeSpan.FromMinutes(1));
            Assert.Equal((2000 - (done * 500), done + 1, (done + 1) * 500), await Count(server, ada));
        }
    }

    [Theory, EveryDatabase]
    public async Task After_a_day_a_refund_is_looked_up_and_never_repeated(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, payment) = await Bought(server, "25.00");
        foreach (var fault in (SandboxFault[])[SandboxFault.TimeOutAfterSuccess, SandboxFault.Dropped])
        {
            server.Plan(fault);
            await Admin(server, "payment:refund", payment, "--reason", "test", "--amount", "5.00");
            await LetTimePass(server, TimeSpan.FromHours(24));
        }

        Assert.Equal((2000, 1, 500), await Count(server, ada));
        Assert.EndsWith(" 0 faults.\n", (await Admin(server, "ledger:verify")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Admin(server, "payment:refund", payment, "--reason", "the rest")).Exit);
        Assert.Equal((0, 2, 2500), await Count(server, ada));
    }

    [Theory, EveryDatabase]
    public async Task Kill_between_any_two_steps_neither_pays_twice_nor_loses_credits(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, payment) = await Bought(server, "1000.00");
        var (id, crashed) = (Guid.Parse(payment), 0);
        for (var step = 1; ; step += Soak.Times(3, 1))
        {
            using var crash = new CrashPoint(server, step);
            await Try(server, id, AdminAmount("1.00"));
            crash.Dispose();
            if (!crash.Happened) break;
            crashed++;
            await LetTimePass(server, TimeSpan.FromMinutes(1));
            var (credits, refunds, refunded) = await Count(server, ada);
            Assert.Equal((refunds * 100, 100_000 - (refunds * 100)), (refunded, credits));
        }

        Assert.InRange(crashed, 5, 500);
    }

    private static Money AdminAmount(string text) => Amount.Parse(text)!.Value;

    private static async Task<bool> Try(TestServer server, Guid payment, Money amount)
    {
        try
        {
            var wanted = new WantedRefund(payment, amount, "test");
            return await server.Ask<RefundPayment, bool>(
                async refund => (await refund.Run(Caller.Operator, wanted, CancellationToken.None)).Refusal is null);
        }
        catch (Exception fallen) when (fallen is InvalidOperationException or DbUpdateException)
        {
            return false;
        }
    }

    private static async Task<(Customer Who, string Payment)> Bought(TestServer server, string amount)
    {
        var ada = await server.SignUp();
        await server.SetCard(ada);
        return (ada, (await server.Buy(ada, amount)).Data("id"));
    }

    /// <summary>Credits in cents, refunds the sandbox made, and cents that the payment says are refunded.</summary>
    private static async Task<(long Credits, int Refunds, long Refunded)> Count(TestServer server, Customer who) => (
        await server.CreditCents(who),
        await server.Ask<Db, int>(db => db.SandboxObjects.CountAsync(made => made.Id.StartsWith("re_"))),
        await server.Ask<Db, long>(db => db.Payments.SumAsync(payment => payment.RefundedNanos)) / 10_000_000);

    private static async Task LetTimePass(TestServer server, TimeSpan by)
    {
        server.Pass(by);
        await server.RunJobs();
    }

    private static async Task<(int Exit, string Output, string Error)> Admin(TestServer server, params string[] words)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exit = await Gatehouse.Commands.Admin.Run(server.Services, Verb.Parse(["admin", .. words]), output, error);
        return (exit, output.ToString(), error.ToString());
    }
}
