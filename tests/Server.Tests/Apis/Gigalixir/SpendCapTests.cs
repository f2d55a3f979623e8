using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>The most that a month may cost: told at 80 %, held at 100 %, however many ask at once.</summary>
public sealed class SpendCapTests
{
    private static readonly DateTime NextPeriod = new(2027, 7, 15, 0, 0, 0, DateTimeKind.Utc);

    [Theory, EveryDatabase]
    public async Task Cap_reads_as_this(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Paying(server);
        server.PassTo(new DateTime(2027, 6, 16, 0, 0, 0, DateTimeKind.Utc));
        await server.Do(ada, "PUT /api/apps/bar/scale", new { replicas = 1 });
        Golden.Matches("Apis/Gigalixir/SpendCap.txt", await server.Transcript(
            ada,
            ("GET /api/spend_cap", null),
            ("PUT /api/spend_cap", new { amount = "9.99" }),
            ("PUT /api/spend_cap", new { amount = "20.00" }),
            ("PUT /api/apps/bar/scale", new { replicas = 3 }),
            ("PUT /api/apps/bar/scale", new { replicas = 2 }),
            ("PUT /api/spend_cap", new { amount = 5, at_cap = "suspend" }),
            ("PUT /api/spend_cap", new { amount = "5.001" }),
            ("PUT /api/spend_cap", new { amount = "-1" }),
            ("PUT /api/spend_cap", new { amount = "5.00", at_cap = "explode" }),
            ("PUT /api/spend_cap", new { amount = (string?)null })));
    }

    [Theory, EveryDatabase]
    public async Task Many_at_once_do_not_get_past_the_cap(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var ada = await Paying(server, apps: 8);
        await server.Do(ada, "PUT /api/spend_cap", new { amount = "35.00" });
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => (i % 2 == 0 ? server : twin)
            .CallAs(ada, $"PUT /api/apps/bar{(i == 0 ? "" : $"-{i}")}/scale", new { replicas = 1 })));
        Assert.Equal(3, answers.Count(answer => answer.Status == 200));
        Assert.All(
            answers.Where(answer => answer.Status != 200),
            answer => Assert.Contains("Your cap is $35.00", answer.Body, StringComparison.Ordinal));
        server.PassTo(NextPeriod.AddMonths(1));
        await server.RunBilling();
        Assert.All(await server.InvoicesOf(ada.Email), invoice => Assert.InRange(invoice.Total, 1, 3500));
    }

    [Theory, EveryDatabase]
    public async Task Everything_stops_at_the_cap_and_goes_on_with_the_next_month(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Paying(server);
        await server.Do(ada, "PUT /api/spend_cap", new { amount = "10.00", at_cap = "suspend" });
        await server.Do(ada, "PUT /api/apps/bar/scale", new { replicas = 2, size = 1 });
        await server.RunBilling();
        // 100 dollars a month: 80 % of the cap after 2.4 days of 30, all of it after 3.
        server.Pass(TimeSpan.FromDays(2.5));
        await server.RunBilling();
        Assert.Equal("active", await server.StatusOf(ada));
        Assert.Contains("80 %", (await server.ReadMail(ada.Email, "80 %")).Text, StringComparison.Ordinal);
        server.Pass(TimeSpan.FromDays(5));
        await server.RunBilling();
        Assert.Equal("suspended", await server.StatusOf(ada));
        Assert.Equal(1000, (await server.Do(ada, "GET /api/spend_cap")).Json().GetProperty("spent_cents").GetInt64());
        server.PassTo(NextPeriod);
        await server.RunBilling();
        server.Pass(TimeSpan.FromSeconds(10));
        await server.RunBilling();
        Assert.Equal("active", await server.StatusOf(ada));
        // Nobody looks for two months: the cap is held all the same.
        server.PassTo(NextPeriod.AddMonths(2));
        await server.RunBilling();
        Assert.All(await server.InvoicesOf(ada.Email), invoice => Assert.Equal(1000, invoice.Total));
        Assert.Equal(2, (await server.InvoicesOf(ada.Email)).Count);
        Assert.Equal([], await server.FindFaults());
    }

    [Theory, EveryDatabase]
    public async Task Cap_below_what_was_spent_already_forgives_nothing(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Paying(server);
        await server.Do(ada, "PUT /api/apps/bar/scale", new { replicas = 2, size = 1 });
        server.Pass(TimeSpan.FromDays(6));
        await server.RunBilling();
        await server.Do(ada, "PUT /api/spend_cap", new { amount = "1.00", at_cap = "suspend" });
        await server.RunBilling();
        Assert.Equal("suspended", await server.StatusOf(ada));
        server.PassTo(NextPeriod);
        await server.Do(ada, "PUT /api/spend_cap", new { amount = "0.50", at_cap = "suspend" });
        await server.RunBilling();
        Assert.Equal(2000, Assert.Single(await server.InvoicesOf(ada.Email)).Total);
    }

    private static async Task<Customer> Paying(TestServer server, int apps = 1)
    {
        var ada = await server.SignUp();
        await server.SetCard(ada);
        await server.Upgrade(ada, withCard: false);
        for (var i = 0; i < apps; i++) await server.MakeApp(ada, i == 0 ? "bar" : $"bar-{i}");
        return ada;
    }
}
