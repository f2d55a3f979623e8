using Gatehouse.Tests.Harness;
using Xunit;
using static System.StringComparison;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>A code works once, around its time, and not for long against guessing (RFC 6238 5.2).</summary>
public sealed class SecondFactorCodeTests
{
    private const string Email = "ada@example.org";
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    [Theory, EveryDatabase]
    public async Task Code_works_once_and_the_one_before_it_no_more(Engine engine)
    {
        await using var server = await TestServer.Start(engine, AccountSteps.Unlimited);
        var ada = await server.SignUp(Email);
        var app = (await server.ActivateFactor(ada)).App;
        Assert.Equal(401, (await server.LogInWith(ada, app.CodeAt(server.Now))).Status);
        server.Pass(Step * 2);
        Assert.Equal(200, (await server.LogInWith(ada, app.CodeAt(server.Now))).Status);
        Assert.Equal(401, (await server.LogInWith(ada, app.CodeAt(server.Now))).Status);
        Assert.Equal(401, (await server.LogInWith(ada, app.CodeAt(server.Now - Step))).Status);
        Assert.Equal(200, (await server.LogInWith(ada, app.CodeAt(server.Now + Step))).Status);
        Assert.Equal(401, (await server.LogInWith(ada, app.CodeAt(server.Now))).Status);
    }

    [Theory, EveryDatabase]
    public async Task One_step_early_or_late_is_accepted_and_two_are_not(Engine engine)
    {
        await using var server = await TestServer.Start(engine, AccountSteps.Unlimited);
        var ada = await server.SignUp(Email);
        var app = (await server.ActivateFactor(ada)).App;
        foreach (var (steps, status) in new[] { (-2, 401), (2, 401), (-1, 200), (0, 200), (1, 200) })
        {
            server.Pass(Step * 10);
            var code = app.CodeAt(server.Now + (steps * Step));
            Assert.Equal((steps, status), (steps, (await server.LogInWith(ada, code)).Status));
        }
    }

    [Costly, Theory, EveryDatabase]
    public async Task Code_in_a_race_on_two_nodes_lets_one_in(Engine engine)
    {
        await using var server = await TestServer.Start(engine, AccountSteps.Unlimited);
        await using var twin = await server.StartTwin(AccountSteps.Unlimited);
        var ada = await server.SignUp(Email);
        var app = (await server.ActivateFactor(ada)).App;
        for (var round = 0; round < Soak.Times(2, 200); round++)
        {
            server.Pass(Step);
            var code = app.CodeAt(server.Now);
            var answers = await AccountSteps.Race(64, server, twin, node => node.LogInWith(ada, code));
            Assert.Single(answers, answer => answer.Status == 200);
            Assert.Equal(63, answers.Count(answer => answer.Status is 401 or 503));
        }
    }

    [Costly, Theory, EveryDatabase]
    public async Task Recovery_code_in_a_race_on_two_nodes_lets_one_in(Engine engine)
    {
        await using var server = await TestServer.Start(engine, AccountSteps.Unlimited);
        await using var twin = await server.StartTwin(AccountSteps.Unlimited);
        var ada = await server.SignUp(Email);
        var codes = new Queue<string>((await server.ActivateFactor(ada)).RecoveryCodes);
        for (var round = 0; round < Soak.Times(2, 200); round++)
        {
            var code = codes.Dequeue();
            var answers = await AccountSteps.Race(64, server, twin, node => node.LogInWith(ada, code));
            var winner = Assert.Single(answers, answer => answer.Status == 200);
            Assert.Equal(63, answers.Count(answer => answer.Status is 401 or 503));
            if (codes.Count > 0) continue;
            var made = await server.Do(ada with { Key = winner.Data("key") }, "POST /api/mfa/recovery_codes");
            codes = new Queue<string>(made.Texts("recovery_codes"));
        }
    }

    [Theory, EveryDatabase]
    public async Task Recovery_code_works_once_however_it_is_typed_and_for_its_own_account_alone(Engine engine)
    {
        await using var server = await TestServer.Start(engine, AccountSteps.Unlimited);
        var (ada, bob) = (await server.SignUp(Email), await server.SignUp("bob@example.org"));
        var (adas, bobs) = (await server.ActivateFactor(ada), await server.ActivateFactor(bob));
        Assert.Equal(401, (await server.LogInWith(ada, bobs.RecoveryCodes[0])).Status);
        Assert.Equal(200, (await server.LogInWith(bob, bobs.RecoveryCodes[0])).Status);
        var plain = adas.RecoveryCodes[0].Replace("-", "", StringComparison.Ordinal);
        Assert.Equal(200, (await server.LogInWith(ada, plain.ToLowerInvariant())).Status);
        Assert.Equal(401, (await server.LogInWith(ada, adas.RecoveryCodes[0])).Status);
        Assert.Equal(200, (await server.LogInWith(ada, adas.RecoveryCodes[1])).Status);
    }

    [Theory, EveryDatabase]
    public async Task Every_used_recovery_code_is_told_with_how_many_are_left(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        Assert.DoesNotContain("recovery_codes_left", (await server.Do(ada, "GET /api/users")).Body, Ordinal);
        var codes = (await server.ActivateFactor(ada)).RecoveryCodes;
        for (var left = 9; left >= 3; left--)
        {
            server.Pass(TimeSpan.FromHours(1));
            var login = await server.LogInWith(ada, codes[left]);
            Assert.Equal($"{left}", login.Data("recovery_codes_left"));
            var status = await server.Do(ada with { Key = login.Data("key") }, "GET /api/users");
            Assert.Equal($"{left}", status.Data("recovery_codes_left"));
            var mail = await server.ReadMail(Email, "A recovery code was used");
            Assert.Contains($"Codes left: {left}.", mail.Text, Ordinal);
            Assert.Equal(left == 3, mail.Text.Contains("get new codes now", Ordinal));
        }
    }

    [Theory, EveryDatabase]
    public async Task Five_wrong_codes_are_a_pause_and_a_mail(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var app = (await server.ActivateFactor(ada)).App;
        server.Pass(Step);
        await Guess(server, ada, app, 5);
        var paused = await server.LogInWith(ada, app.CodeAt(server.Now));
        Assert.Equal((429, true), (paused.Status, paused.RetryAfter is > 0 and <= 900));
        Assert.Equal(Email, (await server.ReadMail(Email, "guessing your codes")).To);
        server.Pass(TimeSpan.FromMinutes(15));
        Assert.Equal(200, (await server.LogInWith(ada, app.CodeAt(server.Now))).Status);
    }

    [Theory, EveryDatabase]
    public async Task After_too_many_in_all_only_a_recovery_code_opens_the_way(Engine engine)
    {
        var cap = Soak.Times(7, 20);
        await using var server = await TestServer.Start(engine, ("Limits:FactorInARow", $"{cap}"));
        var ada = await server.SignUp(Email);
        var factor = await server.ActivateFactor(ada);
        server.Pass(Step);
        for (var tried = 0; tried < cap; tried += 5)
        {
            server.Pass(TimeSpan.FromMinutes(15));
            await Guess(server, ada, factor.App, Math.Min(5, cap - tried));
        }

        foreach (var wait in (int[])[0, 1, 100])
        {
            server.Pass(TimeSpan.FromDays(wait));
            var closed = await server.LogInWith(ada, factor.App.CodeAt(server.Now));
            Assert.Equal(
                (429, """{"errors":{"":["Too many codes were tried. Please use a recovery code."]}}"""),
                (closed.Status, closed.Body));
        }

        Assert.Equal(Email, (await server.ReadMail(Email, "authenticator app was locked")).To);
        Assert.Equal(200, (await server.LogInWith(ada, factor.RecoveryCodes[0])).Status);
        Assert.Equal(200, (await server.LogInWith(ada, factor.App.CodeAt(server.Now))).Status);
    }

    [Theory, EveryDatabase]
    public async Task Recovery_codes_cannot_be_guessed_either(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var factor = await server.ActivateFactor(ada);
        for (var i = 0; i < 5; i++) Assert.Equal(401, (await server.LogInWith(ada, "0000-0000-0000-0000")).Status);
        Assert.Equal(429, (await server.LogInWith(ada, factor.RecoveryCodes[0])).Status);
        server.Pass(TimeSpan.FromHours(1));
        Assert.Equal(200, (await server.LogInWith(ada, factor.RecoveryCodes[0])).Status);
    }

    private static async Task Guess(TestServer server, Customer who, Authenticator app, int times)
    {
        for (var i = 0; i < times; i++)
            Assert.Equal(401, (await server.LogInWith(who, app.WrongCodeAt(server.Now))).Status);
    }
}
