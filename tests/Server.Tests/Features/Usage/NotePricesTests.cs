using Gatehouse.Data;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Features.Usage;

/// <summary>New prices, and what there was before them.</summary>
public sealed class NotePricesTests
{
    private static readonly DateTime Issued = new(2027, 7, 15, 0, 0, 0, DateTimeKind.Utc);

    [Theory, EveryDatabase]
    public async Task Node_that_lags_behind_changes_no_price_of_what_is_on_an_invoice(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Paying(server);
        await server.Do(ada, "PUT /api/apps/bar/scale", new { replicas = 1 });
        server.PassTo(Issued);
        await server.RunBilling();
        // Another node, five minutes behind, begins with twice the price.
        server.Pass(TimeSpan.FromMinutes(-5));
        await using var late = await server.StartTwin(("Prices:ReplicaMegabyte", "0.10"));
        server.Pass(TimeSpan.FromMinutes(5));
        Assert.Equal([], await server.FindFaults());
        server.PassTo(Issued.AddMonths(1));
        await server.RunBilling();
        Assert.Equal([986L, 2000L], (await server.InvoicesOf(ada.Email)).Select(invoice => invoice.Total));
        Assert.Equal([], await server.FindFaults());
    }

    [Theory, EveryDatabase]
    public async Task Database_of_a_size_that_is_sold_no_more_is_billed_shown_and_explained(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Paying(server);
        await server.Do(ada, "POST /api/apps/bar/databases", new { size = 1.7 });
        await using var next = await server.StartTwin(("Prices:Databases", "0.6=25 4=100"));
        Assert.Contains("\"amount_cents\":5000", (await next.Do(ada, "GET /api/usage/run_rate")).Body);
        // What a month costs already stands against a cap, and a smaller size costs less.
        Assert.Equal(422, (await next.CallAs(ada, "PUT /api/spend_cap", new { amount = "49.99" })).Status);
        await next.Do(ada, "PUT /api/spend_cap", new { amount = "50.00" });
        server.PassTo(Issued);
        await next.RunBilling();
        Assert.InRange(Assert.Single(await next.InvoicesOf(ada.Email)).Total, 4800, 4950);
        var explained = await next.Do(ada, "GET /api/invoices/1/lines/1/explanation");
        Assert.Equal("identical", explained.Data("recomputed"));
        var id = await next.Ask<Db, Guid>(db => db.AppDatabases.Select(d => d.Id).SingleAsync());
        await next.Do(ada, $"PUT /api/apps/bar/databases/{id:D}", new { size = 0.6 });
        Assert.Equal([], await next.FindFaults());
    }

    private static async Task<Customer> Paying(TestServer server)
    {
        var ada = await server.SignUp();
        await server.SetCard(ada);
        await server.Upgrade(ada, withCard: false);
        await server.MakeApp(ada, "bar");
        return ada;
    }
}
