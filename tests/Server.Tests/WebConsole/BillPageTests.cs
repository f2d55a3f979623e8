using System.Text.RegularExpressions;
using Gatehouse.Tests.Harness;
using Xunit;
using static System.StringComparison;

namespace Gatehouse.Tests.WebConsole;

/// <summary>Usage, invoices and the spend cap in the browser.</summary>
public sealed partial class BillPageTests
{
    private static readonly DateTime NextPeriod = new(2027, 7, 15, 0, 0, 0, DateTimeKind.Utc);

    private static readonly string[] AboutMoney =
        ["/account", "/apps", "/account/usage", "/account/invoices", "/account/spend-cap", "/account/credits"];

    [Theory, EveryDatabase]
    public async Task Month_is_seen_from_its_chart_to_the_seconds_of_a_line(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, browser) = (await Paying(server), new Visitor(server));
        server.PassTo(new DateTime(2027, 6, 20, 0, 0, 0, DateTimeKind.Utc));
        await server.Do(ada, "PUT /api/apps/bar/scale", new { replicas = 1, size = 0.5 });
        server.PassTo(new DateTime(2027, 6, 30, 12, 34, 56, DateTimeKind.Utc));
        await browser.LogIn(ada);
        var usage = await browser.Open("/account/usage");
        foreach (var said in (string[])[
            "<strong>$8.77</strong> so far", "<strong>$25.00</strong>", "<title id=\"chart-title\">",
            "The highest is 20 June with $0.83.", "gatehouse account:usage:running"])
            Assert.Contains(said, usage.Body, Ordinal);
        Assert.Equal(30, Bars().Count(usage.Body));
        await server.Do(ada, "DELETE /api/apps/bar");
        server.PassTo(NextPeriod);
        await server.RunBilling();
        await browser.LogIn(ada);
        Assert.Contains("Nothing was used this month", (await browser.Open("/account/usage")).Body, Ordinal);
        Assert.Contains("href=\"/account/invoices/1\"", (await browser.Open("/account/invoices")).Body, Ordinal);
        var invoice = await browser.Open("/account/invoices/1");
        Assert.Contains("454,648 GB-seconds", invoice.Body, Ordinal);
        Assert.Contains("href=\"/account/invoices/1/lines/1\"", invoice.Body, Ordinal);
        var explained = await browser.Open("/account/invoices/1/lines/1");
        foreach (var said in (string[])[
            "recomputed: identical", "30 June 2027, 12:34:56", "909,296", "454,648,000 MB-seconds", "$8.770216049",
            "Invoice issued", "Invoice paid", "gatehouse account:invoices:explain 1 1"])
            Assert.Contains(said, explained.Body, Ordinal);
    }

    [Fact]
    public async Task Invoice_of_somebody_else_is_not_there_and_what_is_no_number_neither()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var (ada, browser) = (await Paying(server), new Visitor(server));
        await server.Do(ada, "PUT /api/apps/bar/scale", new { replicas = 1 });
        server.PassTo(NextPeriod);
        await server.RunBilling();
        await browser.LogIn(await server.SignUp("eve@example.org"));
        foreach (var path in (string[])["/1", "/2", "/one", "/-1", "/1/lines/1", "/1/lines/one"])
        {
            var answer = await browser.Open($"/account/invoices{path}");
            Assert.Equal((path, 404), (path, answer.Status));
            Assert.Contains("There is nothing here", answer.Body, Ordinal);
        }
    }

    [Theory, EveryDatabase]
    public async Task Cap_is_set_refused_and_taken_away(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, browser) = (await Paying(server), new Visitor(server));
        server.PassTo(new DateTime(2027, 6, 16, 0, 0, 0, DateTimeKind.Utc));
        await server.Do(ada, "PUT /api/apps/bar/scale", new { replicas = 1 });
        await browser.LogIn(ada);
        var page = await browser.Open("/account/spend-cap");
        Assert.Contains("No cap is set", page.Body, Ordinal);
        var low = await browser.Send(page, ("amount", "9.99"), ("at_cap", "refuse"));
        Assert.Equal(422, low.Status);
        Assert.Contains("What runs already costs up to $10.00 a month", low.Body, Ordinal);
        Assert.Equal(422, (await browser.Send(page, ("amount", "much"), ("at_cap", "refuse"))).Status);
        Assert.Equal(422, (await browser.Send(page, ("amount", "5.001"), ("at_cap", "suspend"))).Status);
        var set = await browser.Send(page, ("amount", "$20.00"), ("at_cap", "suspend"));
        Assert.Equal((303, "/account/spend-cap?done=set"), (set.Status, set.Headers["Location"]));
        page = await browser.Follow(set);
        Assert.Contains("<strong>$20.00</strong> at most", page.Body, Ordinal);
        Assert.Matches("value=\"suspend\" checked", page.Body);
        Assert.Equal("/account/spend-cap?done=unset", (await browser.Send(page)).Headers["Location"]);
        Assert.Contains("No cap is set", (await browser.Open("/account/spend-cap")).Body, Ordinal);
    }

    [Fact]
    public async Task Suspended_account_is_told_on_every_page_about_money()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var (ada, browser) = (await Paying(server), new Visitor(server));
        await server.Do(ada, "PUT /api/spend_cap", new { amount = "1.00", at_cap = "suspend" });
        await server.Do(ada, "PUT /api/apps/bar/scale", new { replicas = 1 });
        server.Pass(TimeSpan.FromDays(5));
        await server.RunBilling();
        await browser.LogIn(ada);
        foreach (var path in AboutMoney)
            Assert.Contains("This account is suspended.", (await browser.Open(path)).Body, Ordinal);
    }

    [Fact]
    public async Task Prepaid_account_is_told_on_every_page_about_money_until_it_has_a_card()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var (ada, browser) = (await server.SignUp(), new Visitor(server));
        await server.Upgrade(ada, withCard: false);
        await server.Grant(ada, 12.50m);
        await browser.LogIn(ada);
        foreach (var path in AboutMoney)
        {
            var page = (await browser.Open(path)).Body;
            Assert.Contains("This account is prepaid.", page, Ordinal);
            Assert.Contains("$12.50 are left", page, Ordinal);
        }

        await server.SetCard(ada);
        Assert.DoesNotContain("is prepaid", (await browser.Open("/account")).Body, Ordinal);
    }

    [Fact]
    public async Task Invoice_that_is_too_little_for_a_card_says_what_becomes_of_it()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var (ada, browser) = (await Paying(server), new Visitor(server));
        server.PassTo(NextPeriod.AddDays(-1));
        await server.Do(ada, "PUT /api/apps/bar/scale", new { replicas = 1 });
        server.PassTo(NextPeriod);
        await server.RunBilling();
        await browser.LogIn(ada);
        Assert.Contains("charged with your next invoice", (await browser.Open("/account/invoices/1")).Body, Ordinal);
        var invoice = await server.Do(ada, "GET /api/invoices/1");
        Assert.True(invoice.Json().GetProperty("carried").GetBoolean());
    }

    [Fact]
    public async Task Closing_says_what_the_last_invoice_comes_to()
    {
        await using var server = await TestServer.Start(Engine.Sqlite);
        var (ada, browser) = (await Paying(server), new Visitor(server));
        await server.Do(ada, "PUT /api/apps/bar/scale", new { replicas = 2, size = 1 });
        server.Pass(TimeSpan.FromDays(3));
        await server.Do(ada, "DELETE /api/apps/bar");
        await browser.LogIn(ada);
        Assert.Contains("$10.00, issued and charged at once", (await browser.Open("/account/close")).Body, Ordinal);
    }

    private static async Task<Customer> Paying(TestServer server)
    {
        var ada = await server.SignUp();
        await server.SetCard(ada);
        await server.Upgrade(ada, withCard: false);
        await server.MakeApp(ada, "bar");
        return ada;
    }

    [GeneratedRegex("<rect ", RegexOptions.None, 1000)]
    private static partial Regex Bars();
}
