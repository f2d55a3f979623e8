using Gatehouse.Data;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Features.Debts;

/// <summary>What is too little for a card, and what is owed by somebody who leaves.</summary>
public sealed class SmallDebtTests
{
    private static readonly DateTime Issued = new(2027, 7, 15, 0, 0, 0, DateTimeKind.Utc);

    [Theory, EveryDatabase]
    public async Task Less_than_half_a_dollar_is_charged_with_the_next_invoice_and_nobody_is_reminded(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Paying(server);
        // One of thirty days at ten dollars a month.
        server.PassTo(Issued.AddDays(-1));
        await server.Do(ada, "PUT /api/apps/bar/scale", new { replicas = 1 });
        for (var day = 0; day < 10; day++)
        {
            server.PassTo(Issued.AddDays(day));
            await server.RunBilling();
        }

        Assert.Equal((0, 0, 0), await server.CountCharges());
        Assert.Equal([(33L, 0L, 0L, 33L)], await server.InvoicesOf(ada.Email));
        Assert.Contains("with your next invoice", (await server.ReadMail(ada.Email, "Invoice 1")).Text);
        var mails = await server.ReadMail();
        Assert.DoesNotContain(mails, mail => mail.Subject.Contains("failed", StringComparison.Ordinal));
        Assert.Equal("active", await server.StatusOf(ada));
        server.PassTo(Issued.AddMonths(1));
        await server.RunBilling();
        Assert.Equal([(33L, 0L, 33L, 0L), (1000L, 0L, 1000L, 0L)], await server.InvoicesOf(ada.Email));
        Assert.Equal((1, 1, 1), await server.CountCharges());
        Assert.Equal(10_330_000_000, await server.Ask<Db, long>(db => db.Payments.SumAsync(p => p.AmountNanos)));
        Assert.Equal([], await server.FindFaults());
    }

    [Theory, EveryDatabase]
    public async Task Credits_pay_what_is_too_little_for_a_card(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Paying(server);
        server.PassTo(Issued.AddDays(-1));
        await server.Do(ada, "PUT /api/apps/bar/scale", new { replicas = 1 });
        server.PassTo(Issued);
        await server.RunBilling();
        await server.Grant(ada, 1);
        await server.RunBilling();
        Assert.Equal([(33L, 33L, 0L, 0L)], await server.InvoicesOf(ada.Email));
        Assert.Equal(67, await server.CreditCents(ada));
    }

    [Theory, EveryDatabase]
    public async Task Who_leaves_and_is_erased_is_still_charged_what_is_owed(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Paying(server, "tok_chargeCustomerFail");
        var id = await server.IdOf(ada.Email);
        await server.Do(ada, "PUT /api/apps/bar/scale", new { replicas = 1 });
        server.PassTo(Issued);
        await server.RunBilling();
        await server.Do(ada, "DELETE /api/apps/bar");
        ada = await server.LogInAgain(ada);
        await server.Do(ada, "DELETE /api/users/destroy", new { email = ada.Email, current_password = ada.Password });
        await server.ReadMail();
        server.Pass(TimeSpan.FromMinutes(1));
        // The address is proved afresh, which erases the closed account at once.
        await server.SignUp(ada.Email);
        Assert.NotNull(await server.Ask<Db, DateTime?>(
            db => db.Accounts.Where(a => a.Id == id).Select(a => a.ErasedAt).SingleAsync()));
        await CardIsGoodNow(server);
        server.PassTo(Issued.AddDays(1).AddMinutes(1));
        await server.RunBilling();
        Assert.Equal([(986L, 0L, 986L, 0L)], await server.InvoicesOf($"{id:D}"));
        server.Pass(TimeSpan.FromMinutes(10));
        await server.RunJobs();
        Assert.Equal(0, await server.Ask<Db, int>(db => db.PaymentMethods.CountAsync(m => m.HolderId == id)));
        Assert.Equal([], await server.FindFaults());
    }

    [Theory, EveryDatabase]
    public async Task Closing_tries_once_more_what_could_not_be_collected(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Paying(server, "tok_chargeCustomerFail");
        var id = await server.IdOf(ada.Email);
        await server.Do(ada, "PUT /api/apps/bar/scale", new { replicas = 1 });
        foreach (var day in (int[])[0, 1, 3, 5, 7])
        {
            server.PassTo(Issued.AddDays(day));
            await server.RunBilling();
        }

        await CardIsGoodNow(server);
        ada = await server.LogInAgain(ada);
        await server.Do(ada, "DELETE /api/apps/bar");
        await server.Do(ada, "DELETE /api/users/destroy", new { email = ada.Email, current_password = ada.Password });
        Assert.All(await server.InvoicesOf($"{id:D}"), invoice => Assert.Equal(0, invoice.Open));
    }

    /// <summary>The bank pays again.</summary>
    private static Task CardIsGoodNow(TestServer server) => server.Ask<Db, int>(db => db.SandboxObjects
        .Where(made => made.Id.StartsWith("pm_"))
        .ExecuteUpdateAsync(set => set.SetProperty(
            made => made.Json, made => made.Json.Replace("chargeCustomerFail", "visa"))));

    private static async Task<Customer> Paying(TestServer server, string token = "tok_visa")
    {
        var ada = await server.SignUp();
        await server.SetCard(ada, token);
        await server.Upgrade(ada, withCard: false);
        await server.MakeApp(ada, "bar");
        return ada;
    }
}
