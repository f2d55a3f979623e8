using System.Text.Json;
using Gatehouse.EndToEnd.Tests.Harness;
using Microsoft.Playwright;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Clients;

/// <summary>
/// A page of another origin, written for the original of <c>/v2</c>, in a real browser: preflights, form data and JSON
/// under text/plain are the browser's own.
/// </summary>
public sealed class ExistingPageTests
{
    private const string Password = "correct horse 7 & battery";
    private const string NewPassword = "another horse <8> battery";

    [Theory, EveryDatabase]
    public async Task Page_of_another_origin_works_by_changing_the_host(string database)
    {
        var browser = await TestRun.Browser;
        var server = await TestRun.Server(database);
        await using var foreign = ForeignPage.With("existing_page.js");
        await using var visit = await browser.Open(foreign.Url);
        var host = server.Url.GetLeftPart(UriPartial.Authority);
        var (name, email) = ($"page-{database}", $"page.{database}@example.org");

        var user = await Print(visit, "handleRegister", host, name, Password, email);
        Assert.Equal(200, user.GetProperty("code").GetInt32());
        var row = user.GetProperty("response");
        Assert.Equal((name, email), (Text(row, "UserName"), Text(row, "EmailAddress")));
        Assert.Equal(("scrubbed", "scrubbed"), (Text(row, "EmailVerificationToken"), Text(row, "HashedPassword")));
        Assert.EndsWith($"{host}/terms", Text(row, "Status"), StringComparison.Ordinal);

        var token = (await Print(visit, "handleLogin", host, name, Password)).GetString()!;
        Assert.Equal(3, token.Split('.').Length);

        var changed = await Print(visit, "handleChangePassword", host, token, Password, NewPassword);
        Assert.Equal("password changed", Text(changed, "response"));

        await Confirm(browser, Person.LinkOf(await server.Mailbox.Next(email, "confirm")));
        var upgraded = await Print(visit, "handleUpgrade", host, token);
        Assert.Equal("account upgraded", Text(upgraded, "response"));

        var credits = await Print(visit, "handleCredits", host, token);
        Assert.Equal(JsonValueKind.Number, credits.GetProperty("response").ValueKind);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Page_of_another_origin_can_read_a_refusal()
    {
        var browser = await TestRun.Browser;
        var server = await TestRun.Server();
        await using var foreign = ForeignPage.With("existing_page.js");
        await using var visit = await browser.Open(foreign.Url);
        var host = server.Url.GetLeftPart(UriPartial.Authority);
        var message = await visit.Page.RunAndWaitForConsoleMessageAsync(
            () => visit.Page.EvaluateAsync("host => handleCredits(host, 'x.y.z')", host),
            new PageRunAndWaitForConsoleMessageOptions { Predicate = message => message.Text.StartsWith('{') });
        Assert.Contains("\"message\":\"illegal base64 data", message.Text, StringComparison.Ordinal);
    }

    /// <summary>Calls a function of the page and gives what it prints.</summary>
    private static async Task<JsonElement> Print(Visit visit, string function, params string[] arguments)
    {
        var message = await visit.Page.RunAndWaitForConsoleMessageAsync(
            () => visit.Page.EvaluateAsync($"given => {function}(...given)", arguments));
        Assert.True(message.Type == "log", message.Text);
        return await message.Args[0].JsonValueAsync<JsonElement>();
    }

    private static async Task Confirm(Browser browser, Uri link)
    {
        await using var visit = await browser.Open(link);
        await visit.Page.GetByRole(AriaRole.Button).ClickAsync();
        await visit.Page.GetByText("Your address is confirmed").First.WaitForAsync();
    }

    private static string Text(JsonElement value, string name) => value.GetProperty(name).GetString()!;
}
