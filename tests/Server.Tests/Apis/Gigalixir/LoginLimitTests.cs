using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>How many passwords may be tried, and from where (T4, T35 to T41; security 3.2).</summary>
public sealed class LoginLimitTests
{
    private const string Email = "ada@example.org";
    private const string Home = "203.0.113.7";
    private static readonly (string, string) NoHostLimit = ("Limits:FailuresPerAddressIn5Minutes", "0");

    [Theory, EveryDatabase]
    public async Task Pause_after_five_doubles_up_to_an_hour(Engine engine)
    {
        await using var server = await TestServer.Start(engine, NoHostLimit, ("Limits:PasswordPerAccount", "0"));
        for (var i = 0; i < 5; i++) Assert.Equal(401, await Guess(server));
        foreach (var seconds in (int[])[30, 60, 120, 240, 480, 960, 1920, 3600, 3600])
        {
            var refused = await server.LogIn(Email, "a wrong password", Home);
            Assert.Equal((429, seconds), (refused.Status, refused.RetryAfter));
            server.Pass(TimeSpan.FromSeconds(seconds - 1));
            Assert.Equal(429, await Guess(server));
            server.Pass(TimeSpan.FromSeconds(1));
            Assert.Equal(401, await Guess(server));
        }
    }

    [Theory, EveryDatabase]
    public async Task Known_network_still_gets_in_while_strangers_guess(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email, from: Home);
        Assert.Equal(200, (await server.LogIn(Email, ada.Password, Home)).Status);
        var answers = new List<int>();
        for (var i = 0; i < 30; i++)
            answers.Add((await server.LogIn(Email, "a wrong password", $"198.51.{i}.1")).Status);
        Assert.Equal(10, answers.Count(status => status == 401));
        Assert.Equal(20, answers.Count(status => status == 429));
        Assert.Equal(429, (await server.LogIn(Email, ada.Password, "192.0.2.1")).Status);
        Assert.Equal(200, (await server.LogIn(Email, ada.Password, "203.0.113.200")).Status);
        server.Pass(TimeSpan.FromMinutes(15));
        Assert.Equal(200, (await server.LogIn(Email, ada.Password, "192.0.2.1")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Success_forgets_the_failures_before_it(Engine engine)
    {
        await using var server = await TestServer.Start(engine, NoHostLimit);
        var ada = await server.SignUp(Email);
        for (var round = 0; round < 4; round++)
        {
            for (var i = 0; i < 4; i++) Assert.Equal(401, await Guess(server));
            Assert.Equal(200, (await server.LogIn(Email, ada.Password, Home)).Status);
        }
    }

    [Theory, EveryDatabase]
    public async Task Answers_do_not_tell_whether_there_is_an_account(Engine engine)
    {
        await using var server = await TestServer.Start(engine, NoHostLimit);
        await server.SignUp(Email);
        await server.Call("POST /api/free_users", new { email = "bob@example.org", password = SignUpSteps.Password });
        for (var n = 1; n <= 50; n++)
        {
            var known = await server.LogIn(Email, "a wrong password", Home);
            foreach (var other in (string[])["eve@example.org", "bob@example.org"])
                Assert.Equal((n, known.Shape), (n, (await server.LogIn(other, "a wrong password", Home)).Shape));
            server.Pass(TimeSpan.FromSeconds(20));
        }
    }

    [Theory, EveryDatabase]
    public async Task Spellings_of_one_account_share_one_budget(Engine engine)
    {
        await using var server = await TestServer.Start(engine, NoHostLimit);
        await server.SignUp(Email);
        string[] spellings =
            [Email, "ADA@example.org", " ada@EXAMPLE.org", "Ada@Example.Org\t", "aDa@example.org", Email];
        var answers = new List<int>();
        foreach (var spelling in spellings)
            answers.Add((await server.LogIn(spelling, "a wrong password", Home)).Status);
        Assert.Equal([401, 401, 401, 401, 401, 429], answers);
        Assert.Equal(429, (await server.Call(
            "GET /api/login", from: Home, authorization: SignUpSteps.Basic("%61da@example.org", "wrong"))).Status);
    }

    [Theory, EveryDatabase]
    public async Task Parallel_guesses_do_not_slip_past_the_count(Engine engine)
    {
        await using var server = await TestServer.Start(engine, NoHostLimit, ("Accounts:Hashing:Queue", "1000"));
        await using var twin = await server.StartTwin(NoHostLimit, ("Accounts:Hashing:Queue", "1000"));
        for (var round = 0; round < Soak.Times(1, 20); round++)
        {
            var ada = await server.SignUp($"ada{round}@example.org", from: $"192.0.{round}.1");
            var before = server.Hashing.Computed + twin.Hashing.Computed;
            var count = Soak.Times(200, 1000);
            var answers = await Task.WhenAll(Enumerable.Range(0, count).Select(i => (i % 2 == 0 ? server : twin)
                .LogIn(ada.Email, i == count / 2 ? ada.Password : "a wrong password", Home)));
            var evaluated = server.Hashing.Computed + twin.Hashing.Computed - before;
            var succeeded = answers.Count(answer => answer.Status == 200);
            // A success forgets the failures before it, so the guesses after it begin anew.
            Assert.InRange(evaluated, 1, 5 + 6 * succeeded);
            Assert.InRange(succeeded, 0, 1);
            Assert.All(answers, answer => Assert.Contains(answer.Status, (int[])[200, 401, 429, 503]));
        }
    }

    [Theory, EveryDatabase]
    public async Task Parallel_wrong_guesses_are_evaluated_at_most_five_times(Engine engine)
    {
        await using var server = await TestServer.Start(engine, NoHostLimit, ("Accounts:Hashing:Queue", "1000"));
        await server.SignUp(Email, from: "192.0.2.1");
        var before = server.Hashing.Computed;
        var answers = await Task.WhenAll(Enumerable.Range(0, Soak.Times(200, 1000)).Select(_ => Guess(server)));
        Assert.InRange(answers.Count(status => status == 401), 1, 5);
        Assert.Equal(answers.Count(status => status == 401), server.Hashing.Computed - before);
        // On a slow machine some give up waiting for the counter (503), which evaluates nothing.
        Assert.All(answers, status => Assert.Contains(status, (int[])[401, 429, 503]));
    }

    [Theory, EveryDatabase]
    public async Task Place_is_what_a_listed_proxy_says_and_nothing_else(Engine engine)
    {
        await using var server = await TestServer.Start(engine, ("Proxies:0", "192.0.2.1"));
        var answers = new List<int>();
        for (var i = 0; i < 7; i++)
        {
            answers.Add((await server.Call(
                "POST /api/login", new { email = Email, password = "a wrong password" }, $"198.51.{i}.1", null,
                ("X-Real-IP", $"198.51.{i}.1"), ("Forwarded", $"for=198.51.{i}.1"), ("X-Client-IP", $"198.51.{i}.1"),
                ("True-Client-IP", $"198.51.{i}.1"), ("CF-Connecting-IP", $"198.51.{i}.1"))).Status);
        }

        Assert.Equal([401, 401, 401, 401, 401, 429, 429], answers);
    }

    [Theory, EveryDatabase]
    public async Task Address_before_an_unlisted_proxy_does_not_count(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var answers = new List<int>();
        for (var i = 0; i < 6; i++)
            answers.Add((await server.LogIn(Email, "a wrong password", $"198.51.{i}.1, 203.0.113.9")).Status);
        Assert.Equal([401, 401, 401, 401, 401, 429], answers);
    }

    [Theory, EveryDatabase]
    public async Task Whole_IPv6_network_counts_as_one_place(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var answers = new List<int>();
        for (var i = 0; i < 6; i++)
            answers.Add((await server.LogIn(Email, "a wrong password", $"2001:db8:1:2:{i:x}:{i * 77:x}::1")).Status);
        Assert.Equal([401, 401, 401, 401, 401, 429], answers);
        Assert.Equal(401, (await server.LogIn(Email, "a wrong password", "2001:db8:1:3::1")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Count_survives_a_restart_and_is_shared_by_nodes(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using (var twin = await server.StartTwin())
        {
            for (var i = 0; i < 5; i++) Assert.Equal(401, await Guess(i % 2 == 0 ? server : twin));
            Assert.Equal(429, await Guess(server));
            Assert.Equal(429, await Guess(twin));
        }

        await using var restarted = await server.StartTwin();
        Assert.Equal(429, await Guess(restarted));
    }

    [Theory, EveryDatabase]
    public async Task One_password_on_many_accounts_is_counted_by_address_and_by_network(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var byAddress = new List<int>();
        for (var i = 0; i < 22; i++)
            byAddress.Add((await server.LogIn($"a{i}@example.org", "a password", Home)).Status);
        Assert.Equal(20, byAddress.Count(status => status == 401));
        Assert.Equal(200, await server.StatusOfKey("eve@example.org", (await server.SignUp("eve@example.org")).Key));
        await using var strict = await server.StartTwin(("Limits:FailuresPerNetworkInAnHour", "25"));
        var byNetwork = new List<int>();
        for (var i = 0; i < 8; i++)
            byNetwork.Add((await strict.LogIn($"b{i}@example.org", "a password", $"203.0.113.{i}")).Status);
        Assert.Contains(429, byNetwork);
    }

    [Theory, EveryDatabase]
    public async Task Guesses_from_everywhere_are_counted_together_but_not_those_from_home(Engine engine)
    {
        await using var server = await TestServer.Start(engine, ("Limits:FailuresInAnHour", "12"));
        var ada = await server.SignUp(Email, from: Home);
        Assert.Equal(200, (await server.LogIn(Email, ada.Password, Home)).Status);
        var answers = new List<int>();
        for (var i = 0; i < 15; i++)
            answers.Add((await server.LogIn($"b{i}@example.org", "a wrong password", $"198.51.{i}.1")).Status);
        Assert.Equal(12, answers.Count(status => status == 401));
        Assert.Equal(200, (await server.LogIn(Email, ada.Password, Home)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Limit_of_zero_is_no_limit(Engine engine)
    {
        string[] names =
        [
            "PasswordPerNetwork", "PasswordPerAccount", "PasswordInARow", "FailuresPerAddressIn5Minutes",
            "FailuresPerAddressInAnHour", "FailuresPerNetworkInAnHour", "FailuresInAnHour",
        ];
        await using var server = await TestServer.Start(engine, names.Select(name => ($"Limits:{name}", "0")));
        for (var i = 0; i < 25; i++) Assert.Equal(401, await Guess(server));
    }

    private static async Task<int> Guess(TestServer server) =>
        (await server.LogIn(Email, "a wrong password", Home)).Status;
}
