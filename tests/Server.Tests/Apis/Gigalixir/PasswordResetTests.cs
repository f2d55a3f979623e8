using Gatehouse.Tests.Domain;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>The way back in by mail: once, for half an hour, and no further than the password (wire 3.7).</summary>
public sealed class PasswordResetTests
{
    private const string Email = "ada@example.org";
    private const string Next = "another horse battery";

    [Theory, EveryDatabase]
    public async Task Asking_is_answered_alike_whatever_the_account(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.SignUp(Email);
        await server.Call("POST /api/free_users", new { email = "bob@example.org", password = SignUpSteps.Password });
        var closed = await server.SignUp("cyd@example.org");
        await server.Do(closed, "DELETE /api/users/destroy", new { email = closed.Email });
        await server.ActivateFactor(await server.SignUp("dan@example.org"));
        var before = server.Hashing.Computed;
        var shapes = new HashSet<string>();
        foreach (var name in (string[])["ada", "bob", "cyd", "dan", "nobody"])
            shapes.Add((await Ask(server, $"{name}@example.org")).Shape);
        Assert.StartsWith("200", Assert.Single(shapes), StringComparison.Ordinal);
        Assert.Equal(before, server.Hashing.Computed);
        var mails = (await server.ReadMail()).Where(mail => mail.Subject.StartsWith("Reset", StringComparison.Ordinal));
        Assert.Equal([Email, "dan@example.org"], mails.Select(mail => mail.To).Order());
    }

    [Theory, EveryDatabase]
    public async Task Token_sets_the_password_once_and_logs_nobody_in(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var token = await TokenFor(server, Email);
        Assert.Equal(200, (await server.LogIn(Email, ada.Password)).Status);
        var weak = await Reset(server, token, "short");
        Assert.Equal(
            (422, """{"errors":{"password":["should be at least 8 character(s)"]}}"""), (weak.Status, weak.Body));
        var done = await Reset(server, token, Next);
        Assert.Equal((200, """{"data":{}}""", false), (done.Status, done.Body, done.Headers.ContainsKey("Set-Cookie")));
        var again = await Reset(server, token, "a third one");
        Assert.Equal((422, """{"errors":{"token":["is invalid"]}}"""), (again.Status, again.Body));
        Assert.Equal(401, (await server.LogIn(Email, ada.Password)).Status);
        Assert.Equal(200, (await server.LogIn(Email, Next)).Status);
        Assert.Equal(401, await server.StatusOfKey(Email, ada.Key));
        Assert.Equal(Email, (await server.ReadMail(Email, "password was reset")).To);
    }

    [Theory, EveryDatabase]
    public async Task Keys_stay_only_if_asked_for(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var token = await TokenFor(server, Email);
        var body = new { token, password = Next, keep_api_keys = true };
        Assert.Equal(200, (await server.Call("POST /api/users/reset_password", body)).Status);
        Assert.Equal(200, await server.StatusOfKey(Email, ada.Key));
    }

    [Theory, EveryDatabase]
    public async Task Token_works_for_half_an_hour(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.SignUp(Email);
        foreach (var (left, status) in new[] { (1, 200), (0, 422) })
        {
            var asked = server.Now;
            var token = await TokenFor(server, Email);
            server.Pass(asked.AddMinutes(30).AddSeconds(-left) - server.Now);
            Assert.Equal((left, status), (left, (await Reset(server, token, Next)).Status));
        }
    }

    [Theory, EveryDatabase]
    public async Task Newer_mail_voids_the_one_before(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.SignUp(Email);
        var (first, second) = (await TokenFor(server, Email), await TokenFor(server, Email));
        Assert.NotEqual(first, second);
        Assert.Equal(422, (await Reset(server, first, Next)).Status);
        Assert.Equal(200, (await Reset(server, second, Next)).Status);
    }

    [Costly, Theory, EveryDatabase]
    public async Task Token_in_a_race_on_two_nodes_works_once(Engine engine)
    {
        await using var server = await TestServer.Start(engine, AccountSteps.Unlimited);
        await using var twin = await server.StartTwin(AccountSteps.Unlimited);
        await server.SignUp(Email);
        for (var round = 0; round < Soak.Times(2, 200); round++)
        {
            var token = await TokenFor(server, Email);
            var answers = await AccountSteps.Race(64, server, twin, node => Reset(node, token, Next));
            Assert.Single(answers, answer => answer.Status == 200);
            Assert.Equal(63, answers.Count(answer => answer.Status == 422));
        }
    }

    [Theory, EveryDatabase]
    public async Task Second_factor_stays_as_it_was(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var factor = await server.ActivateFactor(ada);
        Assert.Equal(200, (await Reset(server, await TokenFor(server, Email), Next)).Status);
        ada = ada with { Password = Next };
        server.Pass(TimeSpan.FromSeconds(30));
        Assert.Equal(303, (await server.LogInWith(ada, null)).Status);
        Assert.Equal(200, (await server.LogInWith(ada, factor.App.CodeAt(server.Now))).Status);
    }

    [Theory, EveryDatabase]
    public async Task Login_that_was_closed_by_guessing_is_open_again(Engine engine)
    {
        await using var server = await TestServer.Start(engine, ("Limits:PasswordInARow", "3"));
        var ada = await server.SignUp(Email);
        for (var i = 0; i < 3; i++)
            Assert.Equal(401, (await server.LogIn(Email, "a wrong password", $"198.51.{i}.1")).Status);
        server.Pass(TimeSpan.FromDays(100));
        Assert.Equal(429, (await server.LogIn(Email, ada.Password)).Status);
        Assert.Equal(200, (await Reset(server, await TokenFor(server, Email), Next)).Status);
        Assert.Equal(200, (await server.LogIn(Email, Next)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Mails_of_an_address_are_limited_and_nobody_is_told(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.SignUp(Email);
        var shapes = new HashSet<string>();
        for (var i = 0; i < 5; i++) shapes.Add((await Ask(server, Email.ToUpperInvariant())).Shape);
        Assert.Single(shapes);
        var mails = await server.ReadMail();
        Assert.Equal(3, mails.Count(mail => mail.Subject.StartsWith("Reset", StringComparison.Ordinal)));
    }

    [Theory, EveryDatabase]
    public async Task Malformed_token_costs_no_hash_and_changes_nothing(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await server.SignUp(Email);
        await TokenFor(server, Email);
        var (hashes, rows) = (server.Hashing.Computed, await server.Dump());
        foreach (var token in MalformedTokens.All)
            Assert.Equal((token, 422), (token, (await Reset(server, token, Next)).Status));
        Assert.Equal((hashes, rows), (server.Hashing.Computed, await server.Dump()));
    }

    private static Task<Answer> Ask(TestServer server, string email) =>
        server.Call("PUT /api/users/reset_password", new { email });

    private static Task<Answer> Reset(TestServer server, string? token, string password) =>
        server.Call("POST /api/users/reset_password", new { token, password });

    private static async Task<string> TokenFor(TestServer server, string email)
    {
        Assert.Equal(200, (await Ask(server, email)).Status);
        return (await server.ReadMail(email, "Reset")).Token;
    }
}
