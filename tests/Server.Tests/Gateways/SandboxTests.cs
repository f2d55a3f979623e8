using System.Text.Json;
using Gatehouse.Tests.Harness;
using Gatehouse.Tests.WebConsole;
using Xunit;

namespace Gatehouse.Tests.Gateways;

/// <summary>The payment provider in the box: tokens, test cards and its card page.</summary>
public sealed class SandboxTests
{
    private const string Setups = "/api/payment_methods/setups";

    [Theory, EveryDatabase]
    public async Task Token_is_made_of_a_test_card_and_works_once(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        var made = await MakeToken(server, "4242 4242 4242 4242");
        Assert.Equal(200, made.Status);
        var token = JsonDocument.Parse(made.Body).RootElement;
        Assert.Equal("token", token.GetProperty("object").GetString());
        Assert.Equal("4242", token.GetProperty("card").GetProperty("last4").GetString());
        var id = token.GetProperty("id").GetString()!;
        await server.SetCard(ada, id);
        var again = await server.CallAs(ada, "PUT /api/payment_methods", new { stripe_token = id });
        Assert.Equal(422, again.Status);
        Assert.Contains($"You cannot use a Stripe token more than once: {id}.", again.Body, StringComparison.Ordinal);
        var json = await server.Call("POST /v1/tokens", new
        {
            card = new { number = "5555555555554444", exp_month = 1, exp_year = 2030, cvc = "123" },
        });
        Assert.Contains("MasterCard", json.Body, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Card_that_is_none_gets_stripe_s_error(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        (string Number, string Month, string Year, string Code, string Expected)[] wrong =
        [
            ("4242424242424241", "12", "2031", "123", "incorrect_number"),
            ("hello", "12", "2031", "123", "incorrect_number"),
            ("4929420573595709", "12", "2031", "123", "card_declined"),
            ("4242424242424242", "13", "2031", "123", "invalid_expiry_month"),
            ("4242424242424242", "12", "2026", "123", "invalid_expiry_year"),
            ("4242424242424242", "12", "2031", "12x", "invalid_cvc"),
        ];
        foreach (var (number, month, year, code, expected) in wrong)
        {
            var answer = await MakeToken(server, number, month, year, code);
            Assert.Equal((number, 402), (number, answer.Status));
            Assert.Contains($"\"code\": \"{expected}\"", answer.Body, StringComparison.Ordinal);
        }

        Assert.Equal(400, (await server.Call("POST /v1/tokens", "{}")).Status);
        Assert.Equal(400, (await server.Call("POST /v1/tokens", "not json")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Card_is_entered_on_the_page_and_kept(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        var (id, path) = await OpenSetup(server, ada);
        Assert.Equal("pending", (await server.Do(ada, $"GET {Setups}/{id}")).Data("state"));
        var visitor = new Visitor(server);
        var page = await visitor.Open(path);
        Assert.Contains("This is a sandbox", page.Body, StringComparison.Ordinal);
        var refused = await visitor.Send(page, Typed("4000000000000002"));
        Assert.Equal(422, refused.Status);
        Assert.Contains("Your card was declined.", refused.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("4000000000000002", refused.Body, StringComparison.Ordinal);
        Assert.Equal(303, (await visitor.Send(refused, Typed("4242424242424242"))).Status);
        Assert.Contains("The card is stored", (await visitor.Open(path)).Body, StringComparison.Ordinal);
        Assert.Equal("complete", (await server.Do(ada, $"GET {Setups}/{id}")).Data("state"));
        Assert.Equal("4242", (await server.Do(ada, "GET /api/payment_methods")).Data("last4"));
        Assert.Equal(422, (await visitor.Send(page, Typed("5555555555554444"))).Status);
    }

    [Theory, EveryDatabase]
    public async Task Card_is_kept_when_nobody_waits_and_a_page_has_its_time(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, bob) = (await server.SignUp(), await server.SignUp("bob@example.org"));
        var (_, path) = await OpenSetup(server, ada);
        var visitor = new Visitor(server);
        await visitor.Send(await visitor.Open(path), Typed("4242424242424242"));
        server.Pass(TimeSpan.FromSeconds(10));
        await server.RunJobs();
        Assert.Equal("4242", (await server.Do(ada, "GET /api/payment_methods")).Data("last4"));

        var (late, latePath) = await OpenSetup(server, ada);
        Assert.Equal(404, (await server.CallAs(bob, $"GET {Setups}/{late}")).Status);
        Assert.Equal(404, (await server.CallAs(ada, $"GET {Setups}/nonsense")).Status);
        server.Pass(TimeSpan.FromMinutes(31));
        Assert.Equal("expired", (await server.Do(ada, $"GET {Setups}/{late}")).Data("state"));
        Assert.Equal(410, (await visitor.Open(latePath)).Status);
        Assert.Equal(410, (await visitor.Open("/sandbox/cards/cs_nothing")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Card_number_stays_nowhere(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        string[] numbers = ["4000056655665556", "4929420573595709", "4000000000009995"];
        var (_, path) = await OpenSetup(server, ada);
        var visitor = new Visitor(server);
        var page = await visitor.Open(path);
        foreach (var number in numbers)
        {
            await MakeToken(server, number);
            await visitor.Send(page, Typed(number));
            await server.CallAs(ada, "PUT /api/payment_methods", new { stripe_token = number });
        }

        var places = await server.DumpWithFiles() + server.Log.Text;
        Assert.All(numbers, number => Assert.DoesNotContain(number, places, StringComparison.Ordinal));
        Assert.All(numbers, number => Assert.DoesNotContain(number[..12], places, StringComparison.Ordinal));
    }

    private static (string, string)[] Typed(string number) =>
        [("number", number), ("exp_month", "12"), ("exp_year", "31"), ("cvc", "123")];

    private static async Task<(string Id, string Path)> OpenSetup(TestServer server, Customer who)
    {
        var opened = await server.Do(who, $"POST {Setups}", new { current_password = who.Password });
        return (opened.Data("id"), new Uri(opened.Data("url")).AbsolutePath);
    }

    private static Task<Answer> MakeToken(
        TestServer server, string number, string month = "12", string year = "2031", string code = "123") =>
        server.Call("POST /v1/tokens", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["card[number]"] = number,
            ["card[exp_month]"] = month,
            ["card[exp_year]"] = year,
            ["card[cvc]"] = code,
        }));
}
