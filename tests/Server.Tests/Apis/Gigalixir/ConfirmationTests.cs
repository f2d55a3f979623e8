using Gatehouse.Tests.Domain;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary><c>POST /api/users/confirm</c>: the link's token, or address and code (contract 4; T7 to T11).</summary>
public sealed class ConfirmationTests
{
    private const string Email = "ada@example.org";

    [Theory, EveryDatabase]
    public async Task Link_confirms_and_the_terminal_goes_on_with_any_code(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var uuid = await server.StartSignUp(Email);
        var confirmed = await Confirm(server, (await server.ReadMail(Email)).Token);
        Assert.Equal((200, Email), (confirmed.Status, confirmed.Data("email")));
        await server.Step(new { uuid, confirmation_code = "000000" });
        await server.Step(new { uuid, confirmation_code = "" });
        await server.Step(new { uuid, password = SignUpSteps.Password });
        await server.Step(new { uuid, tier = "FREE" });
    }

    [Theory, EveryDatabase]
    public async Task Address_and_code_confirm_without_the_terminal(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var uuid = await server.StartSignUp(Email);
        var code = (await server.ReadMail(Email)).Code;
        Assert.Equal(200, (await Confirm(server, "ADA@example.org", code)).Status);
        Assert.Equal(422, (await Confirm(server, Email, code)).Status);
        Assert.Equal("password", (await server.Step(new { uuid })).Data("next"));
    }

    [Theory, EveryDatabase]
    public async Task Link_works_for_a_day_and_once(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.StartSignUp(Email);
        await server.StartSignUp("bob@example.org");
        var (ada, bob) = ((await server.ReadMail(Email)).Token, (await server.ReadMail("bob@example.org")).Token);
        server.Pass(TestServer.Beginning.AddHours(24).AddSeconds(-1).UtcDateTime - server.Now);
        Assert.Equal(200, (await Confirm(server, ada)).Status);
        Assert.Equal(422, (await Confirm(server, ada)).Status);
        server.Pass(TimeSpan.FromSeconds(2));
        Assert.Equal(422, (await Confirm(server, bob)).Status);
        await server.RunJobs();
        server.Pass(TimeSpan.FromDays(-1));
        Assert.Equal(422, (await Confirm(server, ada)).Status);
        Assert.Equal(422, (await Confirm(server, bob)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Link_in_a_race_confirms_once(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        for (var round = 0; round < Soak.Times(2, 200); round++)
        {
            await server.StartSignUp($"ada{round}@example.org", $"203.0.{round}.1");
            var token = (await server.ReadMail($"ada{round}@example.org")).Token;
            var answers = await Task.WhenAll(Enumerable.Range(0, 64)
                .Select(i => Confirm(i % 2 == 0 ? server : twin, token)));
            Assert.Single(answers, answer => answer.Status == 200);
            Assert.Equal(63, answers.Count(answer => answer.Status == 422));
        }
    }

    [Theory, EveryDatabase]
    public async Task Address_and_code_in_a_race_confirm_once(Engine engine)
    {
        await using var server = await TestServer.Start(engine, ("Limits:CodeTries", "0"));
        await server.StartSignUp(Email);
        var code = (await server.ReadMail(Email)).Code;
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Confirm(server, Email, code)));
        Assert.Single(answers, answer => answer.Status == 200);
        Assert.Equal(63, answers.Count(answer => answer.Status == 422));
    }

    [Theory, EveryDatabase]
    public async Task Malformed_token_code_or_handle_changes_nothing(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.StartSignUp(Email);
        await server.ReadMail();
        var before = await server.Dump();
        foreach (var text in MalformedTokens.All)
        {
            Answer[] answers =
            [
                await server.Call("POST /api/users/confirm", new { token = text }),
                await server.Call("POST /api/users/confirm", new { email = Email, code = text }),
                await server.Call("POST /api/signup", new { uuid = text ?? "", confirmation_code = "123456" }),
                await server.Call("POST /api/signup", new { uuid = text ?? "", password = "long enough" }),
                await server.Call("POST /api/signup", new { uuid = text ?? "", tier = "FREE" }),
            ];
            Assert.All(answers, answer => Assert.True(answer.Status == 422, $"{text}: {answer}"));
        }

        Assert.Equal(before, await server.Dump());
    }

    [Theory, EveryDatabase]
    public async Task Guesses_at_an_address_are_limited_whether_or_not_something_waits_there(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.StartSignUp(Email);
        var code = (await server.ReadMail(Email)).Code == "123456" ? "654321" : "123456";
        for (var i = 0; i < 8; i++)
        {
            var waiting = await Confirm(server, Email, code);
            var nothing = await Confirm(server, "bob@example.org", code);
            Assert.Equal(i < 5 ? 422 : 429, waiting.Status);
            Assert.Equal(waiting.Shape, nothing.Shape);
        }
    }

    [Theory, EveryDatabase]
    public async Task Half_a_request_is_refused(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var link = new string('A', 43);
        await Scenario.Run(server, "POST /api/users/confirm", [
            new("nothing", new { }, 422, "\"token\":[\"is required\"]"),
            new("no body", null, 422, "\"token\":[\"is required\"]"),
            new("address without code", new { email = Email }, 422, "is required"),
            new("code without address", new { code = "123456" }, 422, "is required"),
            new("both ways at once", new { token = link, email = Email, code = "123456" }, 422, "is required"),
            new("unknown token", new { token = link }, 422, "\"token\":[\"is invalid\"]"),
            new("malformed address", new { email = "ada", code = "123456" }, 422, "has invalid format"),
        ]);
    }

    private static Task<Answer> Confirm(TestServer server, string token) =>
        server.Call("POST /api/users/confirm", new { token });

    private static Task<Answer> Confirm(TestServer server, string email, string code) =>
        server.Call("POST /api/users/confirm", new { email, code });
}
