using System.Net.Http.Json;
using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.WebConsole;

/// <summary>A month as its payer follows it, on a server of its own, since its clock moves.</summary>
public sealed class BillTests
{
    private const string App = "calculating-engine";

    [Fact]
    public async Task A_month_is_followed_from_its_chart_to_the_seconds_of_a_line_and_the_next_is_capped()
    {
        await using var server = await GatehouseServer.Start();
        var person = new Person();
        await using var guest = await Guest.ArriveAs(person, server);
        await guest.Go("/account/usage");
        await guest.Look("usage-none");
        await guest.Go("/account/invoices");
        await guest.Look("invoices-none");
        await Send(server, person, HttpMethod.Post, "/api/upgrade", new { stripe_token = "tok_visa" });
        await Send(server, person, HttpMethod.Post, "/api/apps", new { unique_name = App });
        await Send(server, person, HttpMethod.Put, $"/api/apps/{App}/scale", new { replicas = 2, size = 0.5 });
        await Send(server, person, HttpMethod.Post, $"/api/apps/{App}/databases", new { size = 0.6 });

        await Pass(server, "10.00:00:00");
        await guest.Go("/account/usage");
        // The login ended meanwhile: it leads back to what was asked for.
        await guest.Is("/login?returnUrl=%2Faccount%2Fusage");
        await guest.LogIn(person, person.Password);
        await guest.Is("/account/usage");
        await guest.Unfold("The same as a table");
        await guest.Look("usage");

        await guest.Go("/account/spend-cap");
        await guest.Look("cap-none");
        await guest.Type("The most that a month may cost, in US dollars", "1.00");
        await guest.Press("Set the cap");
        await guest.Sees("What runs already costs");
        await guest.Look("cap-refused");
        await guest.Type("The most that a month may cost, in US dollars", "500.00");
        await guest.Press("Set the cap");
        await guest.Is("/account/spend-cap?done=set");
        await guest.Look("cap");
        await guest.Press("Take the cap away");
        await guest.Is("/account/spend-cap?done=unset");

        await Pass(server, "25.00:00:00");
        await guest.Go("/account/invoices");
        await guest.LogIn(person, person.Password);
        await guest.Is("/account/invoices");
        await guest.Look("invoices");
        await guest.Follow("Invoice 1");
        await guest.Look("invoice");
        await guest.Follow("Explain line 1");
        await guest.Sees("recomputed: identical");
        await guest.Look("invoice-line");
    }

    private static async Task Pass(GatehouseServer server, string time) =>
        Assert.Equal(200, (int)(await server.Http.PostJson("/dev/clock", new { advance = time })).Status);

    private static async Task Send(
        GatehouseServer server, Person person, HttpMethod method, string path, object body)
    {
        var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = Wire.Basic(person.Email, person.Key);
        var answer = await server.Http.Ask(request);
        Assert.True((int)answer.Status is 200 or 201, $"{path}: {answer.Status} {answer.Body}");
    }
}
