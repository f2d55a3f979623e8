using Gatehouse.Gateways;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>Invoices that cannot be collected: days 1, 3, 5 and 7, then suspension, until the next payment.</summary>
public sealed class DunningTests
{
    private static readonly DateTime Issued = new(2027, 7, 15, 0, 0, 0, DateTimeKind.Utc);

    [Theory, EveryDatabase]
    public async Task Refused_card_is_tried_on_four_days_and_then_the_account_is_suspended(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Owing(server, "tok_chargeCustomerFail");
        foreach (var (day, status) in ((int, string)[])
            [(0, "active"), (1, "active"), (3, "active"), (5, "active"), (7, "suspended"), (20, "suspended")])
        {
            server.PassTo(Issued.AddDays(day).AddSeconds(-1));
            await server.RunBilling();
            Assert.Equal(Math.Min(5, Tries(day)), await Failures(server));
            server.PassTo(Issued.AddDays(day));
            await server.RunBilling();
            await server.RunBilling();
            Assert.Equal(status, await server.StatusOf(ada));
        }

        Assert.Equal(5, await Failures(server));
        var mails = (await server.ReadMail())
            .Where(mail => mail.Subject.StartsWith("Payment failed", StringComparison.Ordinal)).ToList();
        Assert.Equal(5, mails.Count);
        Assert.Contains("We try again on 16 July 2027, 00:00 UTC.", mails[^1].Text, StringComparison.Ordinal);
        Assert.Contains("your account is suspended", mails[0].Text, StringComparison.Ordinal);
        Assert.Equal(403, (await server.CallAs(ada, "PUT /api/apps/bar/scale", new { replicas = 2 })).Status);
        var before = await server.Usage();
        await server.SetCard(await server.LogInAgain(ada));
        server.Pass(TimeSpan.FromMinutes(1));
        await server.RunBilling();
        Assert.Equal("active", await server.StatusOf(ada));
        Assert.Equal(before.Split('\n').Length + 1, (await server.Usage()).Split('\n').Length);
        var (total, _, charged, open) = (await server.InvoicesOf(ada.Email))[0];
        Assert.Equal((total, 0), (charged, open));
        Assert.Contains("is paid", (await server.ReadMail(ada.Email, "Invoice 1 is paid")).Subject);
        Assert.Equal([], await server.FindFaults());
    }

    [Theory, EveryDatabase]
    public async Task Credits_pay_what_the_card_did_not_and_lift_the_suspension(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Owing(server, "tok_chargeCustomerFail");
        for (var day = 0; day <= 8; day++)
        {
            server.PassTo(Issued.AddDays(day));
            await server.RunBilling();
        }

        Assert.Equal("suspended", await server.StatusOf(ada));
        await server.Grant(ada, 100);
        await server.RunBilling();
        Assert.Equal("active", await server.StatusOf(ada));
        var (total, credit, charged, _) = (await server.InvoicesOf(ada.Email))[0];
        Assert.Equal((total, 0), (credit, charged));
        Assert.Equal([], await server.FindFaults());
    }

    [Theory, EveryDatabase]
    public async Task Answer_that_never_came_charges_an_invoice_once(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var ada = await Owing(server, "tok_visa");
        server.Plan(SandboxFault.TimeOutAfterSuccess);
        server.PassTo(Issued);
        await Task.WhenAll(server.RunBilling(), twin.RunBilling());
        for (var i = 0; i < 3; i++)
        {
            server.Pass(TimeSpan.FromMinutes(1));
            await server.RunJobs();
            await twin.RunJobs();
        }

        Assert.Equal((1, 1, 1), await server.CountCharges());
        Assert.Equal(0, (await server.InvoicesOf(ada.Email))[0].Open);
        Assert.Equal([], await server.FindFaults());
    }

    private static int Tries(int day) => day switch { 0 => 0, 1 => 1, 3 => 2, 5 => 3, 7 => 4, _ => 5 };

    private static async Task<Customer> Owing(TestServer server, string token)
    {
        var ada = await server.SignUp();
        await server.SetCard(ada, token);
        await server.Upgrade(ada, withCard: false);
        await server.MakeApp(ada, "bar");
        await server.Do(ada, "PUT /api/apps/bar/scale", new { replicas = 1 });
        return ada;
    }

    private static Task<int> Failures(TestServer server) => server.Ask<Gatehouse.Data.Db, int>(db =>
        Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.SumAsync(db.InvoiceDebts, d => d.Failures));
}
