using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>Paid accounts without a payment method: charged as time passes, never below zero.</summary>
public sealed class PrepaidTests
{
    // 35 dollars a month.
    private static readonly object Scale = new { replicas = 1, size = 0.7 };

    [Theory, EveryDatabase]
    public async Task Credits_are_charged_every_hour_until_they_end_and_then_nothing_costs(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Prepaid(server, dollars: 1);
        var began = server.Now;
        var left = 100L;
        for (var hour = 1; hour <= 24; hour++)
        {
            server.PassTo(began.AddHours(hour));
            await server.RunBilling();
            var now = await server.CreditCents(ada);
            Assert.InRange(now, 0, left);
            left = now;
        }

        // A dollar of 35 a month lasts for 20 hours, 34 minutes and 17 seconds.
        Assert.Equal("suspended", await server.StatusOf(ada));
        var end = (long)(began - TestServer.Beginning.UtcDateTime).TotalSeconds + 74_057;
        Assert.EndsWith($"..{end}", await server.Usage());
        var subjects = (await server.ReadMail()).Select(mail => mail.Subject.Split(" - ")[0]).ToList();
        Assert.Single(subjects, "Your credits run out soon");
        Assert.Single(subjects, "Your credits ran out");
        Assert.InRange(await Nanos(server), 0, 13_503);
        await server.Grant(ada, 5);
        await server.RunBilling();
        Assert.Equal("prepaid", await server.StatusOf(ada));
        await server.SetCard(await server.LogInAgain(ada));
        server.PassTo(new DateTime(2027, 7, 15, 0, 0, 0, DateTimeKind.Utc));
        await server.RunBilling();
        Assert.Equal("active", await server.StatusOf(ada));
        var (total, credit, charged, open) = Assert.Single(await server.InvoicesOf(ada.Email));
        Assert.InRange(credit, 599, 600);
        Assert.Equal((total, 0), (credit + charged, open));
        Assert.Equal([], await server.FindFaults());
    }

    [Theory, EveryDatabase]
    public async Task Server_that_stood_still_for_400_days_charges_to_the_second_in_which_credits_ended(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Prepaid(server, dollars: 40);
        await server.RunBilling();
        server.Pass(TimeSpan.FromDays(400));
        await server.RunBilling();
        Assert.Equal("suspended", await server.StatusOf(ada));
        Assert.Equal(0, await server.CreditCents(ada));
        var invoices = await server.InvoicesOf(ada.Email);
        Assert.Equal(4000, invoices.Sum(one => one.Total));
        Assert.All(invoices, one => Assert.Equal((one.Total, 0L, 0L), (one.Credit, one.Charged, one.Open)));
        Assert.Equal([], await server.FindFaults());
    }

    [Theory, EveryDatabase]
    public async Task Credits_that_expire_pay_until_they_do_and_reach_no_further(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.Upgrade(ada, withCard: false);
        var expiry = server.Now.AddDays(2).AddMinutes(37);
        await server.Grant(ada, 50, expiry);
        await server.MakeApp(ada, "bar");
        await server.Do(ada, "PUT /api/apps/bar/scale", Scale);
        await server.RunBilling();
        // Fifty dollars of 35 a month would last for weeks, and are gone in two days.
        Assert.Contains("run out", (await server.ReadMail(ada.Email, "Your credits run out soon")).Subject);
        for (var minute = server.Now; minute <= expiry.AddMinutes(2); minute = minute.AddMinutes(1))
        {
            if (minute < expiry.AddMinutes(-3) && minute.Minute != 0) continue;
            server.PassTo(minute);
            await server.RunBilling();
        }

        Assert.Equal("suspended", await server.StatusOf(ada));
        var used = await server.Ask<Db, UsageInterval>(db => db.UsageIntervals.SingleAsync());
        Assert.InRange(expiry.ToSecond() - used.EndsAt!.Value, 0, 120);
        // What was used until then is paid by them, to the nano-dollar.
        var paid = await server.Ask<Db, long>(db => db.LedgerEntries
            .Where(entry => entry.Kind == LedgerKind.Revenue).SumAsync(entry => entry.Amount));
        var cost = 35_000_000_000 * (used.EndsAt.Value - used.StartsAt) / (30 * 86_400);
        Assert.InRange(paid, cost - 1000, cost);
        Assert.Equal([], await server.FindFaults());
    }

    [Theory, EveryDatabase]
    public async Task Nothing_begins_without_credits_for_it(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.Upgrade(ada, withCard: false);
        await server.MakeApp(ada, "bar");
        var refused = await server.CallAs(ada, "PUT /api/apps/bar/scale", Scale);
        Assert.Equal((422, """{"errors":{"":["There are not enough credits."]}}"""), (refused.Status, refused.Body));
        server.Pass(TimeSpan.FromDays(40));
        await server.RunBilling();
        Assert.Equal([], await server.InvoicesOf(ada.Email));
    }

    private static async Task<Customer> Prepaid(TestServer server, decimal dollars)
    {
        var ada = await server.SignUp();
        await server.Upgrade(ada, withCard: false);
        await server.Grant(ada, dollars);
        await server.MakeApp(ada, "bar");
        await server.Do(ada, "PUT /api/apps/bar/scale", Scale);
        return ada;
    }

    private static Task<long> Nanos(TestServer server) => server.Ask<Db, long>(async db =>
        await db.LedgerAccounts
            .Where(a => a.Kind == LedgerKind.Wallet || a.Kind == LedgerKind.Promo)
            .SumAsync(a => a.Balance));
}
