using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.WebConsole;

/// <summary>What is done with apps.</summary>
public sealed class AppTests
{
    [Fact]
    public async Task The_free_tier_holds_one_app_and_says_what_more_would_cost()
    {
        await using var guest = await Guest.ArriveAs(new Person());
        await guest.Go("/apps");
        await guest.Look("apps-none");
        await guest.Follow("Create an app");
        await guest.Look("app-new");
        await guest.Press("Create the app");
        await guest.Sees("List price a month");
        await guest.Go("/apps/new");
        await guest.Press("Create the app");
        await guest.Sees("FREE allows 1 app");
        await guest.Look("app-limit");
        await guest.Follow("See what the upgrade costs");
        await guest.Sees("Upgrade to STANDARD");
    }

    [Fact]
    public async Task An_app_gets_replicas_and_a_database_and_goes()
    {
        const string App = "calculating-engine";
        var person = new Person();
        await using var guest = await Guest.ArriveAs(person);
        await Upgrade(person);
        await guest.Go("/apps/new");
        await guest.Type("Name (optional)", App);
        await guest.Press("Create the app");
        await guest.Is($"/apps/{App}");
        await guest.Type("Replicas", "2");
        await guest.Type("Size of a replica in GB", "0.5");
        await guest.Press("Scale");
        await guest.Is($"/apps/{App}?done=scaled");
        await guest.Look("app-scale");

        await guest.Go($"/apps/{App}/databases");
        await guest.Look("databases-none");
        await guest.Choose("Size", "0.6");
        await guest.Press("Create a database");
        await guest.Is($"/apps/{App}/databases?done=created");
        await guest.Unfold("Scale");
        await guest.Choose("New size", "4");
        await guest.Look("databases");
        await guest.Page.Locator("button[name=scale]").ClickAsync();
        await guest.Is($"/apps/{App}/databases?done=scaled");
        await guest.Sees("4 GB in");
        await guest.Unfold("Destroy");
        await guest.Page.Locator("button[name=destroy]").ClickAsync();
        await guest.Is($"/apps/{App}/databases?done=destroyed");

        await guest.Go($"/apps/{App}/activity");
        await guest.Look("app-activity");
        await guest.Go("/apps");
        await guest.Look("apps");
        await guest.Go($"/apps/{App}/destroy");
        await guest.Look("app-destroy");
        await guest.Type("Type the app's name to go on", App);
        await guest.Press("Destroy the app");
        await guest.Is("/apps?done=destroyed");
    }

    [Fact]
    public async Task An_app_gets_a_domain_people_and_variables()
    {
        const string App = "difference-engine";
        var person = new Person();
        await using var guest = await Guest.ArriveAs(person);
        await Upgrade(person);
        await guest.Go("/apps/new");
        await guest.Type("Name (optional)", App);
        await guest.Press("Create the app");
        await guest.Is($"/apps/{App}");
        await guest.Go($"/apps/{App}/domains");
        await guest.Type("Domain", "www.example.org");
        await guest.Press("Add the domain");
        await guest.Sees("CNAME record");
        await guest.Look("domains");
        await guest.Press("Remove www.example.org");
        await guest.Is($"/apps/{App}/domains?done=removed");

        await guest.Go($"/apps/{App}/access");
        await guest.Type("E-mail address", "colleague@example.com");
        await guest.Press("Give access");
        await guest.Is($"/apps/{App}/access?done=granted");
        await guest.Look("access");
        await guest.Page.Locator("ul.cards button").ClickAsync();
        await guest.Is($"/apps/{App}/access?done=revoked");

        await guest.Go($"/apps/{App}/configuration");
        await guest.Look("configuration-none");
        await guest.Type("Variable", "LOG_LEVEL");
        await guest.Type("Value", "debug");
        await guest.Press("Set it");
        await guest.Is($"/apps/{App}/configuration?done=set");
        await guest.Unfold("LOG_LEVEL");
        await guest.Look("configuration");
        await guest.Press("Unset LOG_LEVEL");
        await guest.Is($"/apps/{App}/configuration?done=unset");
    }

    private static async Task Upgrade(Person person)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/upgrade")
        {
            Content = System.Net.Http.Json.JsonContent.Create(new { stripe_token = "tok_visa" }),
        };
        request.Headers.Authorization = Wire.Basic(person.Email, person.Key);
        var server = await TestRun.Server();
        Assert.True((int)(await server.Http.Ask(request)).Status is 200 or 201);
    }
}
