using Gatehouse.Domain;
using Gatehouse.Features.Accounts;
using Gatehouse.Features.Audit;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>Closing the account, bringing it back, and what is left when nobody does (wire 3.9; contract 6).</summary>
public sealed class ClosingTests
{
    private const string Email = "ada@example.org";
    private const string SshKey =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB ada@laptop";

    private const string Close = "DELETE /api/users/destroy";

    [Theory, EveryDatabase]
    public async Task Only_its_owner_who_names_it_closes_it(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        await server.SignUp("bob@example.org");
        (object Body, string Expected)[] requests =
        [
            (new { }, "\"email\":[\"is required\"]"), (new { email = "ada" }, "\"email\":[\"has invalid format\"]"),
            (new { email = "bob@example.org" }, "\"email\":[\"does not match\"]"),
            (new { email = "nobody@example.org", current_password = ada.Password }, "\"email\":[\"does not match\"]"),
            (new { email = Email, current_password = "a wrong one" }, "\"current_password\":[\"is incorrect\"]"),
        ];
        foreach (var (body, expected) in requests)
        {
            var refused = await server.CallAs(ada, Close, body);
            Assert.Equal((422, $"{{\"errors\":{{{expected}}}}}"), (refused.Status, refused.Body));
        }

        server.Pass(TimeSpan.FromMinutes(11));
        Assert.Equal(422, (await server.CallAs(ada, Close, new { email = Email })).Status);
        await server.Do(ada, Close, new { email = "ADA@Example.org", current_password = ada.Password });
    }

    [Theory, EveryDatabase]
    public async Task Second_factor_is_asked_for_where_the_login_is_old(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var factor = await server.ActivateFactor(ada);
        ada = await server.LogInAgain(ada, factor.RecoveryCodes[0]);
        server.Pass(TimeSpan.FromMinutes(11));
        var half = await server.CallAs(ada, Close, new { email = Email, current_password = ada.Password });
        Assert.Equal((422, """{"errors":{"mfa_token":["is required"]}}"""), (half.Status, half.Body));
        var code = factor.App.CodeAt(server.Now);
        await server.Do(ada, Close, new { email = Email, current_password = ada.Password, mfa_token = code });
    }

    [Theory, EveryDatabase]
    public async Task Closed_account_is_as_if_it_never_was(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var ada = await server.SignUp(Email);
        await server.Do(ada, Close, new { email = Email });
        Assert.Equal((401, 401), (await server.StatusOfKey(Email, ada.Key), await twin.StatusOfKey(Email, ada.Key)));
        var before = server.Hashing.Computed;
        var closed = await server.LogIn(Email, ada.Password);
        var cost = server.Hashing.Computed - before;
        var unknown = await server.LogIn("nobody@example.org", ada.Password);
        Assert.Equal((unknown.Shape, 1, 2), (closed.Shape, cost, server.Hashing.Computed - before));
        Assert.Equal(
            (await server.Step(new { email = "nobody@example.org" })).Shape,
            (await server.Step(new { email = Email })).Shape);
    }

    [Theory, EveryDatabase]
    public async Task Plan_names_everything_that_goes_with_it(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, bob) = (await server.SignUp(Email), await server.SignUp("bob@example.org"));
        var empty = (await server.Do(ada, "GET /api/users/destroy")).Json();
        Assert.Equal(0, empty.GetProperty("credit_cents").GetInt64());
        Assert.False(empty.TryGetProperty("payment_method", out _));
        await server.Upgrade(bob);
        await server.MakeApp(bob, "lighthouse");
        await server.Do(bob, "POST /api/apps/lighthouse/permissions", new { email = Email });
        await server.SetCard(ada);
        await server.Buy(ada, "25.00");
        await server.MakeApp(ada, "engine");
        await server.Do(ada, "POST /api/apps/engine/free_databases", new { });
        var plan = (await server.Do(ada, "GET /api/users/destroy")).Json();
        Assert.Equal(2500, plan.GetProperty("credit_cents").GetInt64());
        Assert.Equal(1, plan.GetProperty("databases").GetInt32());
        Assert.Equal("Visa ending in 4242", plan.GetProperty("payment_method").GetString());
        Assert.Equal("""["engine"]""", plan.GetProperty("apps").GetRawText());
        Assert.Equal("""["lighthouse"]""", plan.GetProperty("shared_apps").GetRawText());
    }

    [Theory, EveryDatabase]
    public async Task Undo_link_brings_it_back_within_the_grace_and_keys_stay_dead(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var closed = server.Now;
        var token = await CloseAndRead(server, ada);
        server.Pass(closed.AddDays(14).AddSeconds(-2) - server.Now);
        await server.RunJobs();
        Assert.True(await Undo(server, token));
        Assert.False(await Undo(server, token));
        Assert.Equal(200, (await server.LogIn(Email, ada.Password)).Status);
        Assert.Equal(401, await server.StatusOfKey(Email, ada.Key));
        Assert.Equal(Email, (await server.ReadMail(Email, "open again")).To);
    }

    [Theory, EveryDatabase]
    public async Task Undo_link_ends_with_the_grace_whether_or_not_the_job_ran(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var closed = server.Now;
        var token = await CloseAndRead(server, ada);
        server.Pass(closed.AddDays(14) - server.Now);
        Assert.False(await Undo(server, token));
        await server.RunJobs();
        Assert.False(await Undo(server, token));
    }

    [Theory, EveryDatabase]
    public async Task Address_that_was_confirmed_afresh_leaves_nothing_to_undo(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var token = await CloseAndRead(server, ada);
        var again = await server.SignUp(Email, "another horse battery");
        Assert.False(await Undo(server, token));
        Assert.Equal(401, (await server.LogIn(Email, ada.Password)).Status);
        Assert.Equal(200, await server.StatusOfKey(Email, again.Key));
        Assert.DoesNotContain(ada.UserName, await server.Dump(), StringComparison.Ordinal);
        // SQLite's write-ahead log keeps old pages until the erasing job empties it.
        server.Pass(TimeSpan.FromMinutes(10));
        await server.RunJobs();
        Assert.DoesNotContain(ada.UserName, await server.DumpWithFiles(), StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task After_the_grace_nothing_personal_is_left_and_the_chain_still_proves_itself(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email, from: "198.51.100.77");
        await server.Do(ada, "POST /api/ssh_keys", new { ssh_key = SshKey });
        await server.Do(ada, "POST /api/account_keys", new { name = "ada-deploys" });
        await server.Do(ada, "POST /api/users/email", new { next_email = "countess@example.org" });
        await server.Call("PUT /api/users/reset_password", new { email = Email }, "198.51.100.78");
        await server.Call("POST /api/login", new { email = Email, password = "wrong one" }, "198.51.100.79");
        string[] personal =
        [
            Email, "countess@", ada.UserName, "198.51.100.", SshKey[12..60], "ada@laptop", "ada-deploys", "$argon2id",
        ];
        var whole = await server.DumpWithFiles();
        Assert.All(personal, text => Assert.Contains(text, whole, StringComparison.Ordinal));
        await CloseAndRead(server, ada);
        server.Pass(TimeSpan.FromDays(14));
        await server.ReadMail();
        var left = await server.DumpWithFiles();
        Assert.All(personal, text => Assert.DoesNotContain(text, left, StringComparison.OrdinalIgnoreCase));
        var (count, faults) = await server.Ask<VerifyAudit, (long, IReadOnlyList<string>)>(
            verify => verify.Run(Caller.Operator, "", CancellationToken.None));
        Assert.Empty(faults);
        Assert.InRange(count, 8, 100);
    }

    private static async Task<string> CloseAndRead(TestServer server, Customer who)
    {
        await server.Do(who, Close, new { email = who.Email });
        return (await server.ReadMail(who.Email, "account was closed")).Token;
    }

    /// <summary>What the button behind the link does.</summary>
    private static Task<bool> Undo(TestServer server, string token) => server.Ask<ReopenAccount, bool>(async reopen =>
        (await reopen.Run(new Caller("203.0.113.7", "browser", "1"), token, CancellationToken.None)).Refusal is null);
}
