using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Journeys;

public class BrowserTests
{
    [Theory, EveryDatabase]
    public async Task The_button_behind_the_link_confirms_and_the_browser_has_no_complaint(string database)
    {
        var browser = await TestRun.Browser;
        var server = await TestRun.Server(database);
        var person = new Person();
        await person.Begin(server);
        var link = Person.LinkOf(await server.Mailbox.Next(person.Email, "confirm"));

        await using var visit = await browser.Open(link);
        await Contains(visit, person.Email);
        await NotConfirmedByLooking(person, server);
        await visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Button).ClickAsync();
        await Contains(visit, "Your address is confirmed");
        Assert.EndsWith("/confirmed", visit.Page.Url, StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);

        var shown = await server.Http.PostJson("/api/signup", new { uuid = person.Handle });
        Assert.Equal("password", shown.Data("next"));
    }

    [Fact]
    public async Task A_used_link_says_what_to_do()
    {
        var browser = await TestRun.Browser;
        var server = await TestRun.Server();
        var person = new Person();
        await person.Begin(server);
        var mail = await server.Mailbox.Next(person.Email, "confirm");
        await server.Http.PostJson("/api/users/confirm", new { token = Person.TokenOf(mail) });

        await using var visit = await browser.Open(Person.LinkOf(mail));
        await Contains(visit, "This link does not work any more");
        Assert.Equal(0, await visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Button).CountAsync());
    }

    [Fact]
    public async Task Every_page_that_needs_no_account_is_without_complaint()
    {
        var browser = await TestRun.Browser;
        var server = await TestRun.Server();
        var person = new Person();
        await person.Begin(server);
        await server.Mailbox.Next(person.Email);
        foreach (var page in (string[])["/", "/terms", "/privacy", "/confirmed", "/dev/mail"])
        {
            await using var visit = await browser.Open(new Uri(server.Url, page));
            Assert.True(await visit.Page.GetByRole(Microsoft.Playwright.AriaRole.Heading).First.IsVisibleAsync(), page);
            Assert.Empty(visit.Complaints);
        }
    }

    private static Task Contains(Visit visit, string text) => visit.Page.GetByText(text).First.WaitForAsync();

    private static async Task NotConfirmedByLooking(Person person, GatehouseServer server)
    {
        var shown = await server.Http.PostJson("/api/signup", new { uuid = person.Handle });
        Assert.Equal("confirmation_code", shown.Data("next"));
    }
}
