using Gatehouse.Data;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>The code of a sign-up: fifteen minutes, five tries, once (T8, T10).</summary>
public sealed class ConfirmationCodeTests
{
    private const string Email = "ada@example.org";
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Theory, EveryDatabase]
    public async Task Code_works_until_its_last_second(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (uuid, code) = await Begin(server);
        server.Pass(TimeSpan.FromMinutes(15) - 2 * Second);
        Assert.Equal(200, (await Try(server, uuid, $" {code} ")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Code_is_refused_from_its_last_second_on(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (uuid, code) = await Begin(server);
        server.Pass(TimeSpan.FromMinutes(15));
        var late = await Try(server, uuid, code);
        Assert.Equal((422, true), (late.Status, late.Body.Contains("has expired", StringComparison.Ordinal)));
    }

    [Theory, EveryDatabase]
    public async Task Used_code_stays_dead_when_the_clock_goes_back(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (uuid, code) = await Begin(server);
        Assert.Equal(200, (await Try(server, uuid, code)).Status);
        server.Pass(TimeSpan.FromHours(-1));
        Assert.Equal(422, (await Try(server, uuid, code)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Sixth_try_is_refused_even_if_it_is_right(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (uuid, code) = await Begin(server);
        for (var i = 0; i < 5; i++) Assert.Equal(422, (await Try(server, uuid, Wrong(code))).Status);
        var sixth = await Try(server, uuid, code);
        Assert.Equal(429, sixth.Status);
        Assert.InRange(sixth.RetryAfter, 1, 900);
    }

    [Theory, EveryDatabase]
    public async Task Malformed_code_costs_no_try(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (uuid, code) = await Begin(server);
        string[] malformed = ["", "12345", "1234567", "12345x", "\u0661\u0662\u0663\u0664\u0665\u0666", "0x1234"];
        foreach (var typed in malformed)
            Assert.Equal(422, (await Try(server, uuid, typed)).Status);
        Assert.Equal(200, (await Try(server, uuid, code)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Code_of_one_sign_up_does_not_confirm_another(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (_, code) = await Begin(server);
        var other = await server.StartSignUp("bob@example.org");
        if ((await server.ReadMail("bob@example.org")).Code == code) return;
        Assert.Equal(422, (await Try(server, other, code)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Right_code_in_a_race_confirms_once(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        for (var round = 0; round < Soak.Times(2, 200); round++)
        {
            var (uuid, code) = await Begin(server, $"ada{round}@example.org", $"203.0.{round}.1");
            var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Try(server, uuid, code)));
            Assert.Single(answers, answer => answer.Status == 200);
            Assert.All(answers, answer => Assert.Contains(answer.Status, (int[])[200, 422, 429]));
        }
    }

    [Theory, EveryDatabase]
    public async Task Guesses_in_parallel_do_not_slip_past_the_count(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var (uuid, code) = await Begin(server);
        var answers = await Task.WhenAll(Enumerable.Range(0, 64)
            .Select(i => Try(i % 2 == 0 ? server : twin, uuid, Wrong(code))));
        Assert.Equal(5, answers.Count(answer => answer.Status == 422));
        Assert.Equal(59, answers.Count(answer => answer.Status == 429));
        Assert.Equal(5, await server.Ask<Db, int>(db => db.SignUps.Select(signUp => signUp.CodeTries).SingleAsync()));
    }

    [Theory, EveryDatabase]
    public async Task Sign_up_as_a_whole_ends_after_a_day(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (uuid, code) = await Begin(server);
        Assert.Equal(200, (await Try(server, uuid, code)).Status);
        server.Pass(TimeSpan.FromHours(24) - 2 * Second);
        await server.Step(new { uuid, password = SignUpSteps.Password });
        server.Pass(Second);
        Assert.Equal(422, (await server.Call("POST /api/signup", new { uuid, tier = "FREE" })).Status);
    }

    /// <summary>A sign-up and its code, a second after it began.</summary>
    private static async Task<(string Uuid, string Code)> Begin(
        TestServer server, string email = Email, string? from = null)
    {
        var uuid = await server.StartSignUp(email, from);
        return (uuid, (await server.ReadMail(email)).Code);
    }

    private static Task<Answer> Try(TestServer server, string uuid, string code) =>
        server.Call("POST /api/signup", new { uuid, confirmation_code = code });

    private static string Wrong(string code) => code == "123456" ? "654321" : "123456";
}
