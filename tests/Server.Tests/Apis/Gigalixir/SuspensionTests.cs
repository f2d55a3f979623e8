using Gatehouse.Domain;
using Gatehouse.Features.Accounts;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>Suspensions for one reason that meet another, and time that is counted once.</summary>
public sealed class SuspensionTests
{
    private static readonly DateTime Issued = new(2027, 7, 15, 0, 0, 0, DateTimeKind.Utc);

    [Theory, EveryDatabase]
    public async Task Debt_outlasts_a_suspension_for_another_reason(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Paying(server, "tok_chargeCustomerFail");
        server.PassTo(Issued);
        await server.RunBilling();
        await server.Do(ada, "PUT /api/spend_cap", new { amount = "0.50", at_cap = "suspend" });
        for (var day = 1; day <= 8; day++)
        {
            server.PassTo(Issued.AddDays(day));
            await server.RunBilling();
        }

        Assert.Equal("spend_cap", (await server.Do(ada, "GET /api/users")).Data("suspended_for"));
        await server.Do(ada, "PUT /api/spend_cap", new { amount = (string?)null });
        await server.RunBilling();
        Assert.Equal("unpaid_invoice", (await server.Do(ada, "GET /api/users")).Data("suspended_for"));
        await server.SetCard(await server.LogInAgain(ada));
        server.Pass(TimeSpan.FromMinutes(1));
        await server.RunBilling();
        Assert.Equal("active", await server.StatusOf(ada));
        Assert.Equal([], await server.FindFaults());
    }

    [Theory, EveryDatabase]
    public async Task Operator_who_restores_somebody_with_a_debt_is_told_what_holds(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Paying(server, "tok_chargeCustomerFail");
        foreach (var day in (int[])[0, 1, 3, 5, 7])
        {
            server.PassTo(Issued.AddDays(day));
            await server.RunBilling();
        }

        string[] restore = ["account:restore", ada.Email, "--reason", "talked"];
        Assert.Equal(0, (await server.Admin("account:suspend", ada.Email, "--reason", "mining")).Exit);
        Assert.Equal(
            (0, $"{ada.UserName} ({ada.Email}) stays suspended, but only for its overdue invoice: the payment ends "
                + "that, and so does this verb again.\n", ""),
            await server.Admin(restore));
        Assert.Equal("unpaid_invoice", (await server.Do(ada, "GET /api/users")).Data("suspended_for"));
        Assert.Contains("account.suspension_lifted", (await server.Do(ada, "GET /api/activity")).Body);
        Assert.Equal((0, $"{ada.UserName} ({ada.Email}) is active again.\n", ""), await server.Admin(restore));
        Assert.Equal("active", await server.StatusOf(ada));
        Assert.Equal(1, (await server.Admin(restore)).Exit);
    }

    [Theory, EveryDatabase]
    public async Task Lower_cap_of_a_suspended_account_leaves_nothing_running(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Paying(server, "tok_visa");
        await server.Do(ada, "PUT /api/spend_cap", new { amount = "1.00", at_cap = "suspend" });
        server.Pass(TimeSpan.FromDays(10));
        await server.RunBilling();
        Assert.Equal("suspended", await server.StatusOf(ada));
        await server.Do(ada, "PUT /api/spend_cap", new { amount = "0.50", at_cap = "suspend" });
        server.Pass(TimeSpan.FromSeconds(10));
        await server.RunBilling();
        Assert.Equal("suspended", await server.StatusOf(ada));
        Assert.DoesNotContain("..\n", $"{await server.Usage()}\n", StringComparison.Ordinal);
        server.PassTo(Issued);
        await server.RunBilling();
        server.Pass(TimeSpan.FromSeconds(10));
        await server.RunBilling();
        // In the next month the cap is looked at like in the first.
        server.Pass(TimeSpan.FromDays(10));
        await server.RunBilling();
        Assert.Equal("suspended", await server.StatusOf(ada));
        server.PassTo(Issued.AddMonths(1));
        await server.RunBilling();
        Assert.Equal([100, 50], (await server.InvoicesOf(ada.Email)).Select(invoice => invoice.Total));
        Assert.Equal([], await server.FindFaults());
    }

    [Theory, EveryDatabase]
    public async Task Clock_that_was_set_back_counts_no_second_twice(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Paying(server, "tok_visa");
        server.Pass(TimeSpan.FromHours(1));
        await server.Do(ada, "PUT /api/apps/bar/scale", new { replicas = 0 });
        server.Pass(TimeSpan.FromMinutes(-5));
        await server.Do(ada, "PUT /api/apps/bar/scale", new { replicas = 1 });
        server.Pass(TimeSpan.FromMinutes(30));
        await server.Do(ada, "PUT /api/apps/bar/scale", new { replicas = 0 });
        Assert.Equal("Replica 1 x 200 1..3601\nReplica 1 x 200 3601..5101", await server.Usage());
    }

    [Theory, EveryDatabase]
    public async Task Prepaid_again_after_the_free_tier_pays_each_second_once(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.Grant(ada, 50);
        await server.Upgrade(ada, withCard: false);
        await server.MakeApp(ada, "bar");
        await server.Do(ada, "PUT /api/apps/bar/scale", new { replicas = 1 });
        server.Pass(TimeSpan.FromDays(10));
        await server.RunBilling();
        var charged = await server.CreditCents(ada);
        Assert.InRange(charged, 4600, 4700); // ten of thirty days at 10 dollars a month
        await server.Ask<DowngradeAccount, Outcome<FoundAccount>>(
            downgrade => downgrade.Run(Caller.Operator, ada.Email, "asked for it", CancellationToken.None));
        await server.RunBilling();
        server.Pass(TimeSpan.FromDays(2));
        await server.Upgrade(ada, withCard: false);
        await server.RunBilling();
        Assert.Equal(charged, await server.CreditCents(ada));
        server.Pass(TimeSpan.FromDays(1));
        await server.RunBilling();
        Assert.InRange(await server.CreditCents(ada), charged - 34, charged - 33);
        server.PassTo(Issued);
        await server.RunBilling();
        Assert.Equal(0, Assert.Single(await server.InvoicesOf(ada.Email)).Open);
        Assert.Equal([], await server.FindFaults());
    }

    [Theory, EveryDatabase]
    public async Task Account_that_was_closed_and_opened_again_owes_what_it_owed(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Paying(server, "tok_chargeCustomerFail");
        server.PassTo(Issued);
        await server.RunBilling();
        await server.Do(ada, "DELETE /api/apps/bar");
        ada = await server.LogInAgain(ada);
        await server.Do(
            ada, "DELETE /api/users/destroy", new { email = ada.Email, current_password = ada.Password });
        var undo = (await server.ReadMail(ada.Email, "account was closed")).Token;
        for (var day = 1; day <= 8; day++)
        {
            server.PassTo(Issued.AddDays(day));
            await server.RunBilling();
        }

        var reopened = await server.Ask<ReopenAccount, Outcome<ReopenedAccount>>(
            reopen => reopen.Run(new Caller("203.0.113.7", "browser", "1"), undo, CancellationToken.None));
        Assert.Null(reopened.Refusal);
        ada = await server.LogInAgain(ada);
        Assert.Equal("unpaid_invoice", (await server.Do(ada, "GET /api/users")).Data("suspended_for"));
        await server.Grant(ada, 100);
        await server.RunBilling();
        Assert.Equal("active", await server.StatusOf(ada));
    }

    private static async Task<Customer> Paying(TestServer server, string token)
    {
        var ada = await server.SignUp();
        await server.SetCard(ada, token);
        await server.Upgrade(ada, withCard: false);
        await server.MakeApp(ada, "bar");
        await server.Do(ada, "PUT /api/apps/bar/scale", new { replicas = 1 });
        return ada;
    }
}
