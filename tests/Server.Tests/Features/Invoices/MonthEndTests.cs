using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Invoices;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Gatehouse.Tests.Features.Invoices;

/// <summary>
/// The end of a month for many accounts: whatever falls over, each invoice once and no number missing.
/// </summary>
[Costly]
public sealed class MonthEndTests
{
    private static readonly DateTime Ends = new(2027, 7, 15, 0, 0, 0, DateTimeKind.Utc);

    [Theory, EveryDatabase]
    public async Task Killed_anywhere_and_run_again_by_two_nodes_it_issues_each_invoice_once(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var accounts = Soak.Times(modest: 30, published: 10_000);
        await AddAccounts(server, accounts);
        server.PassTo(Ends);
        var kills = Soak.Times(modest: 6, published: 50);
        for (var kill = 0; kill < kills; kill++)
        {
            using var point = new CrashPoint(server, 7 + (kill * 13));
            await Assert.ThrowsAnyAsync<Exception>(() => Issue(server, isQuiet: false));
        }

        await Task.WhenAll(Issue(server), Issue(twin));
        await Task.WhenAll(Issue(server), Issue(twin));
        var numbers = await server.Ask<Db, List<long>>(
            db => db.Invoices.OrderBy(i => i.Number).Select(i => i.Number).ToListAsync());
        Assert.Equal(Enumerable.Range(1, accounts).Select(i => (long)i), numbers);
        Assert.Equal(accounts, await server.Ask<Db, int>(
            db => db.Invoices.Select(i => i.AccountId).Distinct().CountAsync()));
        Assert.Equal([], await server.FindFaults());
    }

    [Theory, EveryDatabase]
    public async Task Memory_holds_one_account_at_a_time_however_many_there_are(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var accounts = Soak.Times(modest: 250, published: 10_000);
        await AddAccounts(server, accounts);
        server.PassTo(Ends);
        await using var scope = server.Services.CreateAsyncScope();
        var (db, held) = (scope.ServiceProvider.GetRequiredService<Db>(), new List<int>());
        using (new StatementWatch(server, _ => held.Add(db.ChangeTracker.Entries().Count())))
            Assert.Equal(accounts, await scope.ServiceProvider.GetRequiredService<IssueDueInvoices>().Run(default));
        // An invoice with its line, its stretch of time and its debt, entries of log and books, a mail.
        Assert.InRange(held.Max(), 4, 20);
        Assert.Empty(db.ChangeTracker.Entries());
    }

    [Theory, EveryDatabase]
    public async Task Jump_of_400_days_issues_every_period_in_order(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await AddAccounts(server, count: 1);
        await Issue(server);
        server.Pass(TimeSpan.FromDays(1));
        await Issue(server);
        server.Pass(TimeSpan.FromDays(400));
        await Issue(server);
        var invoices = await server.Ask<Db, List<Invoice>>(db => db.Invoices.OrderBy(i => i.Number).ToListAsync());
        Assert.Equal(13, invoices.Count);
        Assert.All(invoices.Zip(invoices.Skip(1)), pair => Assert.Equal(pair.First.EndsAt, pair.Second.StartsAt));
        Assert.All(invoices.Skip(1), invoice => Assert.Equal(2500, new Money(invoice.TotalNanos).WholeCents));
        server.Pass(TimeSpan.FromDays(-30));
        await Issue(server);
        Assert.Equal(13, await server.Ask<Db, int>(db => db.Invoices.CountAsync()));
        Assert.Equal([], await server.FindFaults());
    }

    [Theory, EveryDatabase]
    public async Task Node_five_minutes_ahead_counts_no_second_twice(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.SetCard(ada);
        await server.Upgrade(ada, withCard: false);
        await server.MakeApp(ada, "bar");
        await server.Do(ada, "PUT /api/apps/bar/scale", new { replicas = 1, size = 0.5 });
        // One node issues five minutes too early; another, whose clock is right, then sees the app destroyed.
        server.PassTo(Ends);
        await server.RunBilling();
        server.PassTo(Ends.AddMinutes(-4));
        await server.Do(ada, "GET /api/usage");
        await server.Do(ada, "PUT /api/apps/bar/scale", new { replicas = 3 });
        server.PassTo(Ends.AddDays(10));
        await server.Do(ada, "DELETE /api/apps/bar");
        var before = await server.Ask<Db, byte[]>(db => db.Invoices.Select(i => i.Document).SingleAsync());
        server.PassTo(Ends.AddMonths(1));
        await server.RunBilling();
        var lines = await server.Ask<Db, List<InvoiceLine>>(
            db => db.InvoiceLines.Where(line => line.Number == 2).OrderBy(line => line.Line).ToListAsync());
        // Four minutes of the month before: back as one replica, again as three.
        Assert.Equal([1_500L * 864_000, (1_500L * 240) - (500 * 240)], lines.Select(line => line.Units));
        Assert.Equal(before, await server.Ask<Db, byte[]>(
            db => db.Invoices.Where(i => i.Number == 1).Select(i => i.Document).SingleAsync()));
        Assert.Equal([], await server.FindFaults());
    }

    /// <summary>Accounts with half a gigabyte each, past everything that is not about bills.</summary>
    private static Task AddAccounts(TestServer server, int count) => server.Ask<Db, int>(async db =>
    {
        for (var i = 0; i < count; i++)
        {
            var address = EmailAddress.Parse($"p{i}@example.org").Match(found => found, _ => null!);
            var account = Account.Open(address, passwordHash: null, server.Now, server.Now.AddTicks(i * 10));
            account.BeginIn(Tier.Standard);
            db.Accounts.Add(account);
            db.PaymentMethods.Add(Card(account.Id, server.Now));
            db.UsageIntervals.Add(new UsageInterval
            {
                Id = Guid.CreateVersion7(server.Now),
                AccountId = account.Id,
                AppId = account.Id,
                AppName = $"app-{i}",
                Kind = Metered.Replica,
                ResourceId = account.Id,
                Quantity = 1,
                SizeMilli = 500,
                StartsAt = server.Now.ToSecond() + i,
            });
            db.Billings.Add(new Billing { AccountId = account.Id, InvoiceDueAt = 0 });
            if (i % 500 != 499) continue;
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }

        return await db.SaveChangesAsync();
    });

    private static async Task Issue(TestServer server, bool isQuiet = true)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var issue = scope.ServiceProvider.GetRequiredService<IssueNextInvoice>();
        if (isQuiet)
        {
            await scope.ServiceProvider.GetRequiredService<IssueDueInvoices>().Run(CancellationToken.None);
            return;
        }

        // As the job does, but a statement that fails ends all of it, as it does when the process dies.
        var db = scope.ServiceProvider.GetRequiredService<Db>();
        foreach (var billing in await db.Billings.AsNoTracking().OrderBy(b => b.AccountId).ToListAsync())
            while (await issue.Run(billing.AccountId, CancellationToken.None)) db.ChangeTracker.Clear();
    }

    private static PaymentMethod Card(Guid holder, DateTime now) => new()
    {
        Id = Guid.CreateVersion7(now),
        HolderId = holder,
        Provider = "sandbox",
        CustomerRef = "cus_1",
        MethodRef = "pm_1",
        Brand = "Visa",
        Last4 = "4242",
        ExpiryMonth = 12,
        ExpiryYear = 2031,
        Fingerprint = [1],
        CreatedAt = now,
    };
}
