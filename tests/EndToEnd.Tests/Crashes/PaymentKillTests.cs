using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Crashes;

[Costly]
public class PaymentKillTests
{
    private const int Crowd = 4;

    [Theory, EveryDatabase]
    public async Task Purchases_in_the_middle_of_a_kill_are_made_once(string database)
    {
        var ada = new Person();
        using var installation = await Installation.Create(database);
        await using (var first = await installation.Start())
        {
            await ada.SignUp(first);
            var card = new { stripe_token = "tok_visa", current_password = ada.Password };
            var set = await Send(first, ada, HttpMethod.Put, "/api/payment_methods", card);
            Assert.Equal(HttpStatusCode.OK, set.Status);
        }

        var orders = Enumerable.Range(0, Soak.Times(2, 25) * Crowd).ToList();
        foreach (var crowd in orders.Chunk(Crowd))
        {
            await using var server = await installation.Start();
            var buying = crowd.Select(order => Buy(server, ada, order)).ToList();
            await Task.WhenAny(buying);
            await server.Kill();
            foreach (var sent in buying)
                await sent.ContinueWith(_ => { }, TestContext.Current.CancellationToken);
        }

        await using var last = await installation.Start();
        foreach (var order in orders)
            Assert.Equal(HttpStatusCode.Created, (await Buy(last, ada, order)).Status);
        var credits = await last.Http.AskAs(ada.Email, ada.Key, HttpMethod.Get, "/api/credits");
        Assert.Equal($"{orders.Count}.00", credits.Data("credits"));
    }

    private static Task<Reply> Buy(GatehouseServer server, Person who, int order) => Send(
        server, who, HttpMethod.Post, "/api/credits", new { amount = "1.00" },
        order.ToString(CultureInfo.InvariantCulture));

    private static Task<Reply> Send(
        GatehouseServer server, Person who, HttpMethod method, string path, object body, string? requestKey = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = Wire.Basic(who.Email, who.Key);
        if (requestKey is not null)
            request.Headers.Add("Idempotency-Key", requestKey);
        return server.Http.Ask(request);
    }
}
