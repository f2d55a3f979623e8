using System.Text.RegularExpressions;
using Gatehouse.Data;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>Usage and invoices over the wire (wire 3.14; contract 7), answer for answer.</summary>
public sealed partial class InvoiceTests
{
    private static readonly DateTime NextPeriod = new(2027, 7, 15, 0, 0, 0, DateTimeKind.Utc);

    [Theory, EveryDatabase]
    public async Task Month_of_an_app_from_its_first_second_to_the_explained_invoice(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.SetCard(ada);
        await server.Upgrade(ada, withCard: false);
        await server.MakeApp(ada, "bar");
        server.PassTo(new DateTime(2027, 6, 20, 0, 0, 0, DateTimeKind.Utc));
        await server.Do(ada, "PUT /api/apps/bar/scale", new { replicas = 1, size = 0.5 });
        var running = await server.Transcript(ada, ("GET /api/usage/run_rate", null), ("GET /api/usage", null));
        server.PassTo(new DateTime(2027, 6, 30, 12, 34, 56, DateTimeKind.Utc));
        await server.Do(ada, "DELETE /api/apps/bar");
        var gone = await server.Transcript(ada, ("GET /api/usage/run_rate", null), ("GET /api/usage", null));
        server.PassTo(NextPeriod.AddSeconds(-1));
        await server.RunBilling();
        Assert.Equal([], await server.InvoicesOf(ada.Email));
        server.PassTo(NextPeriod);
        await server.RunBilling();
        await server.RunBilling();
        var billed = await server.Transcript(
            ada,
            ("GET /api/usage", null),
            ("GET /api/invoices", null),
            ("GET /api/invoices/1", null),
            ("GET /api/invoices/1/lines/1/explanation", null),
            ("GET /api/invoices/1/lines/2/explanation", null),
            ("GET /api/invoices/2", null),
            ("GET /api/invoices/one", null));
        Golden.Matches("Apis/Gigalixir/Invoices.txt", Hash().Replace(running + gone + billed, "(hash)"));
        Assert.Equal((1, 1, 1), await server.CountCharges());
        Assert.Equal([], await server.FindFaults());
        var mail = await server.ReadMail(ada.Email, "Invoice 1");
        Assert.Contains("bar, replicas: 8.77 USD", mail.Text, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Preview_is_the_invoice_and_credits_pay_first(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.SetCard(ada);
        await server.Upgrade(ada, withCard: false);
        await server.MakeApp(ada, "bar");
        await server.Do(ada, "PUT /api/apps/bar/scale", new { replicas = 3, size = 0.7 });
        await server.Do(ada, "POST /api/apps/bar/databases", new { size = 0.6 });
        await server.MakeApp(ada, "foo");
        await server.Do(ada, "PUT /api/apps/foo/scale", new { replicas = 1 });
        await server.Grant(ada, 20);
        server.PassTo(NextPeriod.AddDays(-1));
        await server.Do(ada, "PUT /api/apps/foo/scale", new { replicas = 0 });
        await server.Do(ada, "DELETE /api/apps/bar");
        var preview = await Preview(server, ada);
        server.PassTo(NextPeriod);
        await server.RunBilling();
        var row = Assert.Single(await server.InvoicesOf(ada.Email));
        Assert.Equal(preview, row.Total);
        Assert.Equal((2000, preview - 2000, 0), (row.Credit, row.Charged, row.Open));
        var rows = (await server.Do(ada, "GET /api/invoices")).Json().EnumerateArray().ToList();
        Assert.Equal(["bar", "foo"], rows.Select(one => one.GetProperty("app_name").GetString()));
        Assert.Equal(preview, rows.Sum(one => one.GetProperty("amount_cents").GetInt64()));
        Assert.Equal(2000, rows.Sum(one => one.GetProperty("credit_cents").GetInt64()));
        Assert.Equal([], await server.FindFaults());
    }

    [Theory, EveryDatabase]
    public async Task Altered_usage_shows_in_the_explanation_and_stored_invoices_cannot_be_altered(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.SetCard(ada);
        await server.Upgrade(ada, withCard: false);
        await server.MakeApp(ada, "bar");
        await server.Do(ada, "PUT /api/apps/bar/scale", new { replicas = 1 });
        server.PassTo(NextPeriod);
        await server.RunBilling();
        const string Route = "GET /api/invoices/1/lines/1/explanation";
        Assert.Equal("identical", (await server.Do(ada, Route)).Data("recomputed"));
        await Assert.ThrowsAnyAsync<Exception>(() => server.Ask<Db, int>(
            db => db.Invoices.ExecuteUpdateAsync(set => set.SetProperty(i => i.TotalNanos, 1L))));
        await Assert.ThrowsAnyAsync<Exception>(() => server.Ask<Db, int>(db => db.InvoiceLines.ExecuteDeleteAsync()));
        await server.Ask<Db, int>(
            db => db.UsageIntervals.ExecuteUpdateAsync(set => set.SetProperty(u => u.SizeMilli, 300)));
        Assert.Equal("different", (await server.Do(ada, Route)).Data("recomputed"));
        Assert.NotEqual([], await server.FindFaults());
        var bob = await server.SignUp("bob@example.org", from: "198.51.100.7");
        Assert.Equal(404, (await server.CallAs(bob, Route)).Status);
        Assert.Equal(404, (await server.CallAs(bob, "GET /api/invoices/1")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Closing_settles_what_is_owed_first(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        await server.SetCard(ada);
        await server.Upgrade(ada, withCard: false);
        await server.MakeApp(ada, "bar");
        await server.Do(ada, "PUT /api/apps/bar/scale", new { replicas = 2, size = 1 });
        server.Pass(TimeSpan.FromDays(3));
        await server.Do(ada, "DELETE /api/apps/bar");
        server.Pass(TimeSpan.FromMinutes(30));
        var plan = (await server.Do(ada, "GET /api/users/destroy")).Json();
        var id = await server.IdOf(ada.Email);
        Assert.Equal(1000, plan.GetProperty("final_amount_cents").GetInt64());
        await server.Do(
            ada, "DELETE /api/users/destroy", new { email = ada.Email, current_password = SignUpSteps.Password });
        Assert.Equal([(1000L, 0L, 1000L, 0L)], await server.InvoicesOf($"{id:D}"));
        server.Pass(TimeSpan.FromDays(400));
        await server.RunBilling();
        Assert.Single(await server.InvoicesOf($"{id:D}"));
        Assert.Equal([], await server.FindFaults());
    }

    private static async Task<long> Preview(TestServer server, Customer who) =>
        (await server.Do(who, "GET /api/usage")).Json().EnumerateArray()
            .Sum(app => app.GetProperty("amount_cents").GetInt64());

    [GeneratedRegex("[0-9a-f]{64}", RegexOptions.None, 1000)]
    private static partial Regex Hash();
}
