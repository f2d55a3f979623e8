using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>The steps of <c>POST /api/signup</c> and their order (wire 3.3).</summary>
public sealed class SignUpTests
{
    private const string Email = "ada@example.org";

    [Theory, EveryDatabase]
    public async Task First_step_says_what_the_server_offers(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var answer = await server.Step(new { email = Email });
        Assert.Matches("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", answer.Data("uuid"));
        Assert.Equal("8", answer.Data("password_minimum"));
        Assert.Equal($"{TestServer.PublicUrl}/terms", answer.Data("terms_url"));
        Assert.Contains("\"FREE\"", answer.Data("tiers"), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Last_step_gives_account_and_key(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var shown = await server.Call("GET /api/users", authorization: ada.Basic);
        Assert.Equal(200, shown.Status);
        Assert.Equal((ada.Key, "0", Email), (shown.Data("api_key"), shown.Data("credit_cents"), shown.Data("email")));
        Assert.Equal(("FREE", "active"), (shown.Data("tier"), shown.Data("status")));
        Assert.Equal(ada.UserName, shown.Data("user_name"));
    }

    [Theory, EveryDatabase]
    public async Task Address_keeps_its_spelling_and_is_known_by_every_other(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp("Ada@example.org");
        Assert.Equal("Ada@example.org", (await server.LogIn(" ADA@EXAMPLE.ORG ", ada.Password)).Data("email"));
    }

    [Theory, EveryDatabase]
    public async Task Sign_up_that_comes_back_hears_where_it_stands(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var uuid = await server.StartSignUp(Email);
        Assert.Equal("confirmation_code", (await server.Step(new { uuid })).Data("next"));
        await server.Step(new { uuid, confirmation_code = (await server.ReadMail(Email)).Code });
        Assert.Equal("password", (await server.Step(new { uuid })).Data("next"));
        await server.Step(new { uuid, password = SignUpSteps.Password });
        Assert.Equal("tier", (await server.Step(new { uuid })).Data("next"));
        await server.Step(new { uuid, tier = "free" });
        Assert.Equal(422, (await server.Call("POST /api/signup", new { uuid })).Status);
    }

    [Theory, EveryDatabase]
    public async Task Step_out_of_order_is_refused(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var fresh = await server.StartSignUp(Email);
        var confirmed = await server.StartSignUp("bob@example.org");
        var code = (await server.ReadMail("bob@example.org")).Code;
        await server.Step(new { uuid = confirmed, confirmation_code = code });
        var unknown = "0f7e0000-0000-4000-8000-000000000000";
        await Scenario.Run(server, "POST /api/signup", [
            new("nothing", new { }, 422, """{"errors":{"email":["is required"]}}"""),
            new("password before code", new { uuid = fresh, password = "long enough" }, 422, "confirmation_code"),
            new("tier before code", new { uuid = fresh, tier = "FREE" }, 422, "confirmation_code"),
            new("tier before password", new { uuid = confirmed, tier = "FREE" }, 422, "\"password\""),
            new("code again", new { uuid = confirmed, confirmation_code = "123456" }, 422, "confirmation_code"),
            new("code without handle", new { confirmation_code = "123456" }, 422, "\"uuid\""),
            new("password without handle", new { password = "long enough" }, 422, "\"uuid\""),
            new("tier without handle", new { tier = "FREE" }, 422, "\"uuid\""),
            new("unknown handle", new { uuid = unknown, confirmation_code = "123456" }, 422, "\"uuid\":[\"is inv"),
            new("two steps at once", new { uuid = fresh, password = "long enough", tier = "FREE" }, 422, "One step"),
            new("unknown tier", new { uuid = fresh, tier = "GOLD" }, 422, "\"tier\""),
            new("empty tier", new { uuid = fresh, tier = "" }, 422, "\"tier\":[\"is required\"]"),
            new("tier that needs a card", new { uuid = fresh, tier = "STANDARD" }, 422, "\"stripe_token\":[\"is req"),
            new("promo code where there are none", new { uuid = confirmed, promo_code = "X" }, 422, "promo_code"),
            new("provider that is not offered", new { oauth = "google" }, 422, "This server has no Google login."),
            new("malformed code", new { uuid = fresh, confirmation_code = "12 34" }, 422, "confirmation_code"),
            new("empty code", new { uuid = fresh, confirmation_code = " " }, 422, "\"confirmation_code\":[\"is req"),
        ]);
    }

    [Theory, EveryDatabase]
    public async Task Weak_password_is_refused_and_may_be_chosen_again(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var uuid = await server.StartSignUp(Email);
        await server.Step(new { uuid, confirmation_code = (await server.ReadMail(Email)).Code });
        await Scenario.Run(server, "POST /api/signup", [
            new("empty", new { uuid, password = "" }, 422, "\"password\":[\"is required\"]"),
            new("short", new { uuid, password = "1234567" }, 422, "should be at least 8 character(s)"),
            new("long in bytes only", new { uuid, password = "\U0001f511\U0001f511" }, 422, "at least 8"),
            new("long", new { uuid, password = new string('x', 1025) }, 422, "should be at most 1024 byte(s)"),
            new("common", new { uuid, password = "password1" }, 422, "too common"),
            new("common in capitals", new { uuid, password = "BASEBALL" }, 422, "too common"),
            new("the address", new { uuid, password = "ADA@example.org" }, 422, "should not be your email"),
            new("good", new { uuid, password = "a first choice" }, 200, "data"),
            new("better", new { uuid, password = SignUpSteps.Password }, 200, "data"),
        ]);
        await server.Step(new { uuid, tier = "FREE" });
        Assert.Equal(401, (await server.LogIn(Email, "a first choice")).Status);
        Assert.Equal(200, (await server.LogIn(Email, SignUpSteps.Password)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Passwords_of_one_sign_up_cost_a_bounded_number_of_hashes(Engine engine)
    {
        await using var server = await TestServer.Start(engine, ("Limits:PasswordChoices", "3"));
        var (uuid, other) = (await Confirmed(Email), await Confirmed("bob@example.org"));
        var before = server.Hashing.Computed;
        for (var i = 0; i < 9; i++)
            Assert.Equal(422, (await server.Call("POST /api/signup", new { uuid, password = "short" })).Status);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            server.Call("POST /api/signup", new { uuid, password = $"{SignUpSteps.Password} {i}" })));
        Assert.Equal((3, 17), (answers.Count(a => a.Status == 200), answers.Count(a => a.Status == 429)));
        Assert.Equal(3, server.Hashing.Computed - before);
        Assert.All(answers, answer => Assert.Equal(answer.Status == 429 ? 3600 : 0, answer.RetryAfter));
        await server.Step(new { uuid = other, password = SignUpSteps.Password });
        server.Pass(TimeSpan.FromHours(1));
        await server.Step(new { uuid, password = SignUpSteps.Password });

        async Task<string> Confirmed(string email)
        {
            var handle = await server.StartSignUp(email);
            await server.Step(new { uuid = handle, confirmation_code = (await server.ReadMail(email)).Code });
            return handle;
        }
    }

    [Theory, EveryDatabase]
    public async Task Second_key_of_a_raced_last_step_is_never_made(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        for (var round = 0; round < Soak.Times(2, 50); round++)
        {
            var uuid = await server.StartSignUp($"ada{round}@example.org", $"203.0.113.{round}");
            var code = (await server.ReadMail($"ada{round}@example.org")).Code;
            await server.Step(new { uuid, confirmation_code = code });
            await server.Step(new { uuid, password = SignUpSteps.Password });
            var answers = await Task.WhenAll(Enumerable.Range(0, 16)
                .Select(_ => server.Call("POST /api/signup", new { uuid, tier = "FREE" })));
            Assert.Single(answers, answer => answer.Status == 200);
            Assert.All(answers, answer => Assert.Contains(answer.Status, (int[])[200, 422]));
        }
    }

    [Theory, EveryDatabase]
    public async Task Too_many_sign_ups_are_refused_by_place_and_by_address(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        for (var i = 0; i < 10; i++) await server.StartSignUp($"ada{i}@example.org", "203.0.113.7");
        var eleventh = await server.Call("POST /api/signup", new { email = "bob@example.org" }, "203.0.113.7");
        Assert.Equal(429, eleventh.Status);
        Assert.InRange(eleventh.RetryAfter, 1, 3600);
        for (var i = 0; i < 3; i++) await server.StartSignUp("bob@example.org", $"198.51.100.{i}");
        var fourth = await server.Call("POST /api/signup", new { email = "BOB@example.org" }, "192.0.2.1");
        Assert.Equal(429, fourth.Status);
        server.Pass(TimeSpan.FromHours(1));
        await server.StartSignUp("bob@example.org", "203.0.113.7");
    }
}
