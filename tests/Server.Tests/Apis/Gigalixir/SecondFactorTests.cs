using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>Turning the second factor on and off, and logging in with it (wire 3.1, 3.11).</summary>
public sealed class SecondFactorTests
{
    private const string Email = "ada@example.org";
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    [Theory, EveryDatabase]
    public async Task Turning_it_on_takes_a_code_and_ends_every_key(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var ada = await server.SignUp(Email);
        var other = await server.LogInAgain(ada);
        var app = new Authenticator((await server.Do(ada, "POST /api/mfa/start")).Data("url"));
        Assert.Equal(200, (await server.LogIn(Email, ada.Password)).Status);
        var wrong = await server.CallAs(ada, "POST /api/mfa/verify", new { mfa_token = app.WrongCodeAt(server.Now) });
        Assert.Equal((422, """{"errors":{"mfa_token":["is invalid"]}}"""), (wrong.Status, wrong.Body));
        var on = await server.Do(ada, "POST /api/mfa/verify", new { mfa_token = app.CodeAt(server.Now) });
        Assert.Equal(RecoveryCode.Count, on.Texts("recovery_codes").Distinct().Count());
        foreach (var key in (string[])[ada.Key, other.Key])
            Assert.Equal((401, 401), (await server.StatusOfKey(Email, key), await twin.StatusOfKey(Email, key)));
        Assert.Contains("turned on", (await server.ReadMail(Email, "Multi-factor")).Subject, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Login_asks_for_the_code_after_the_right_password_alone(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var factor = await server.ActivateFactor(ada);
        server.Pass(Step);
        var asked = await server.LogInWith(ada, null);
        const string NeedsOneTwo = "The second factor needs version 1.2 of the command line or a newer one.";
        Assert.Equal(
            (303, $$$"""{"errors":{"mfa_token":["is required"],"":["{{{NeedsOneTwo}}}"]}}"""),
            (asked.Status, asked.Body));
        Assert.DoesNotContain("Location", asked.Headers.Keys);
        Assert.Equal(303, (await server.LogInWith(ada, "  ")).Status);
        Assert.Equal(401, (await server.LogInWith(ada, factor.App.WrongCodeAt(server.Now))).Status);
        var code = factor.App.CodeAt(server.Now);
        var unknown = await server.LogIn("nobody@example.org", "a wrong password");
        Assert.Equal(unknown.Shape, (await server.LogInWith(ada with { Password = "a wrong password" }, code)).Shape);
        Assert.Equal(200, (await server.LogInWith(ada, code)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Original_client_sends_the_code_in_the_query(Engine engine)
    {
        await using var server = await TestServer.Start(engine, TestServer.LogEverything);
        var ada = await server.SignUp(Email);
        var factor = await server.ActivateFactor(ada);
        server.Pass(Step);
        var basic = SignUpSteps.Basic(Email, ada.Password);
        Assert.Equal(303, (await server.Call("GET /api/login", authorization: basic)).Status);
        var code = factor.App.CodeAt(server.Now);
        Assert.Equal(200, (await server.Call($"GET /api/login?mfa_token={code}", authorization: basic)).Status);
        Assert.DoesNotContain(code, server.Log.Text, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Secret_may_be_drawn_anew_until_it_is_on_and_never_after(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var first = new Authenticator((await server.Do(ada, "POST /api/mfa/start")).Data("url"));
        var second = new Authenticator((await server.Do(ada, "POST /api/mfa/start")).Data("url"));
        var old = await server.CallAs(ada, "POST /api/mfa/verify", new { mfa_token = first.CodeAt(server.Now) });
        Assert.Equal(422, old.Status);
        await server.Do(ada, "POST /api/mfa/verify", new { mfa_token = second.CodeAt(server.Now) });
        server.Pass(Step);
        ada = await server.LogInAgain(ada, second.CodeAt(server.Now));
        var again = await server.CallAs(ada, "POST /api/mfa/start");
        Assert.Equal(
            (422, """{"errors":{"":["Multi-factor authentication is already activated."]}}"""),
            (again.Status, again.Body));
    }

    [Theory, EveryDatabase]
    public async Task Turning_it_off_leaves_the_password_alone(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        Assert.Equal(422, (await server.CallAs(ada, "DELETE /api/mfa")).Status);
        var factor = await server.ActivateFactor(ada);
        server.Pass(Step);
        ada = await server.LogInAgain(ada, factor.App.CodeAt(server.Now));
        await server.Do(ada, "DELETE /api/mfa");
        Assert.Equal(200, await server.StatusOfKey(Email, ada.Key));
        Assert.Equal(200, (await server.LogIn(Email, ada.Password)).Status);
        var left = await server.Ask<Db, int>(async db =>
            await db.SecondFactors.CountAsync() + await db.RecoveryCodes.CountAsync());
        Assert.Equal(0, left);
    }

    [Theory, EveryDatabase]
    public async Task New_recovery_codes_void_all_earlier_ones(Engine engine)
    {
        await using var server = await TestServer.Start(engine, AccountSteps.Unlimited);
        var ada = await server.SignUp(Email);
        var factor = await server.ActivateFactor(ada);
        server.Pass(Step);
        var fresh = await server.LogInAgain(ada, factor.App.CodeAt(server.Now));
        var codes = (await server.Do(fresh, "POST /api/mfa/recovery_codes")).Texts("recovery_codes");
        foreach (var old in factor.RecoveryCodes) Assert.Equal(401, (await server.LogInWith(ada, old)).Status);
        Assert.Equal(200, (await server.LogInWith(ada, codes[^1])).Status);
    }

    [Theory, EveryDatabase]
    public async Task Recovery_codes_without_a_factor_are_refused_and_not_told_as_made(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        Assert.Equal(422, (await server.CallAs(ada, "POST /api/mfa/recovery_codes")).Status);
        var activity = (await server.Do(ada, "GET /api/activity")).Body;
        Assert.DoesNotContain(AuditEvent.RecoveryCodesRegenerated, activity, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task Every_route_of_it_wants_a_fresh_login(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        server.Pass(TimeSpan.FromMinutes(11));
        string[] routes =
        [
            "POST /api/mfa/start", "POST /api/mfa/verify", "DELETE /api/mfa", "POST /api/mfa/recovery_codes",
        ];
        foreach (var route in routes)
        {
            var stale = await server.CallAs(ada, route, new { mfa_token = "123456" });
            Assert.Equal((route, 401, """{"errors":{"":["Unauthorized"]}}"""), (route, stale.Status, stale.Body));
        }

        await server.Do(ada, "POST /api/mfa/start", new { current_password = ada.Password });
        await server.Do(await server.LogInAgain(ada), "POST /api/mfa/start");
    }

    [Theory, EveryDatabase]
    public async Task Sealed_secret_opens_for_its_own_account_alone(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var (ada, bob) = (await server.SignUp(Email), await server.SignUp("bob@example.org"));
        var (adas, bobs) = (await server.ActivateFactor(ada), await server.ActivateFactor(bob));
        server.Pass(Step);
        await server.Ask<Db, int>(SwapSecrets);
        var codes = (Ada: adas.App.CodeAt(server.Now), Bob: bobs.App.CodeAt(server.Now));
        foreach (var (who, code) in new[] { (ada, codes.Bob), (bob, codes.Ada), (ada, codes.Ada), (bob, codes.Bob) })
            Assert.Equal(500, (await server.LogInWith(who, code)).Status);
    }

    private static async Task<int> SwapSecrets(Db db)
    {
        var rows = await db.SecondFactors.AsNoTracking().ToListAsync();
        foreach (var (to, from) in new[] { (rows[0], rows[1]), (rows[1], rows[0]) })
        {
            await db.SecondFactors.Where(row => row.AccountId == to.AccountId)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.SealedSecret, from.SealedSecret));
        }

        return rows.Count;
    }
}
