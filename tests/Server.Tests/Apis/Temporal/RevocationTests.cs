using Gatehouse.Domain;
using Gatehouse.Features.Tokens;
using Gatehouse.Tests.Harness;
using OtpNet;
using Xunit;

namespace Gatehouse.Tests.Apis.Temporal;

/// <summary>A token dies with its login, on every node, from the next request on (T72).</summary>
public sealed class RevocationTests
{
    private const string Alive = """200 {"code":200,"response":"ada"}""";
    private const string Revoked = """401 {"code":401,"message":"token has been revoked"}""";
    private const string Disabled = """403 {"code":403,"message":"You don't have permission to access."}""";
    private const string Ada = "ada@example.org";

    [Theory, EveryDatabase]
    public async Task Changed_password_ends_every_token_but_the_one_that_asked(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var ada = await Member.Join(server);
        var other = ada with { Token = await Member.TokenOf(twin, "ada") };
        Assert.Equal((Alive, Alive), (await ada.Standing(twin), await other.Standing(twin)));
        var change = Member.Fields(("old_password", ada.Password), ("new_password", "some other horse"));
        Assert.Equal(200, (await ada.Call("POST /v2/account/password/change", change)).Status);
        Assert.Equal((Alive, Revoked), (await ada.Standing(twin), await other.Standing(twin)));
        Assert.Equal(200, (await ada.Call("GET /v2/auth/refresh")).Status);
        Assert.Equal(Revoked, (await other.Call("GET /v2/auth/refresh")).ToString());
    }

    [Theory, EveryDatabase]
    public async Task Reset_password_ends_every_token(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var ada = await Member.Join(server);
        await server.Call("POST /v2/forgot/password", Member.Fields(("email_address", Ada)));
        var token = (await server.ReadMail()).First(mail => mail.Subject.Contains("Reset")).Token;
        Assert.Equal(Alive, await ada.Standing(twin));
        await server.Call("POST /api/users/reset_password", new { token, password = "some other horse" });
        Assert.Equal((Revoked, Revoked), (await ada.Standing(), await ada.Standing(twin)));
    }

    [Theory, EveryDatabase]
    public async Task Login_that_was_ended_is_over(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var ada = await Member.Join(server);
        var basic = SignUpSteps.Basic(Ada, (await server.LogIn(Ada, ada.Password)).Data("key"));
        var id = $"{Forge.Of(ada.Token).Claims["sid"]}";
        var list = await server.Call("GET /api/sessions", authorization: basic);
        Assert.Contains(id, list.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await server.Call($"DELETE /api/sessions/{id}", authorization: basic)).Status);
        Assert.Equal((Revoked, Revoked), (await ada.Standing(), await ada.Standing(twin)));
        Assert.Equal(Revoked, (await ada.Call("GET /v2/auth/refresh", node: twin)).ToString());
    }

    [Theory, EveryDatabase]
    public async Task Second_factor_ends_every_token_and_is_asked_for_from_then_on(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var ada = await Member.Join(server);
        Assert.Equal(Alive, await ada.Standing(twin));
        var (totp, recovery) = await TurnFactorOn(server, ada);
        Assert.Equal((Revoked, Revoked), (await ada.Standing(), await ada.Standing(twin)));

        const string Needed = "a second factor is on: send its code, or a recovery code, as mfa_token";
        const string Wrong = "the code in mfa_token is wrong, was used, or is too old";
        foreach (var name in (string[])["ada", Ada])
            Assert.Equal(Refused(Needed), (await Member.LogIn(server, name)).ToString());
        Assert.Equal(Refused(Wrong), (await Member.LogIn(server, "ada", mfa: "000000")).ToString());
        foreach (var mfa in (string?[])[null, recovery])
            Assert.Equal(
                Refused("Incorrect Username / Password"),
                (await Member.LogIn(server, "ada", "wrong one", mfa)).ToString());
        Assert.Equal(200, (await Member.LogIn(server, "ada", mfa: recovery)).Status);
        Assert.Equal(Refused(Wrong), (await Member.LogIn(server, "ada", mfa: recovery)).ToString());
        server.Pass(TimeSpan.FromMinutes(1));
        var code = totp.ComputeTotp(server.Now);
        var login = await Member.LogIn(server, "ada", mfa: code);
        Assert.True(login.Status == 200, login.ToString());
        Assert.Equal(Refused(Wrong), (await Member.LogIn(server, "ada", mfa: code)).ToString());
    }

    [Theory, EveryDatabase]
    public async Task Old_login_needs_the_factor_to_change_the_password(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await Member.Join(server);
        var (totp, _) = await TurnFactorOn(server, ada);
        server.Pass(TimeSpan.FromMinutes(1));
        var login = await Member.LogIn(server, "ada", mfa: totp.ComputeTotp(server.Now));
        ada = ada with { Token = login.Text("token") };
        server.Pass(TimeSpan.FromMinutes(11));
        (string, string)[] fields = [("old_password", ada.Password), ("new_password", "some other horse")];
        var without = await ada.Call("POST /v2/account/password/change", Member.Fields(fields));
        Assert.Equal(401, without.Status);
        Assert.Contains("mfa_token", without.Text("response"), StringComparison.Ordinal);
        var with = Member.Fields(fields.Append(("mfa_token", totp.ComputeTotp(server.Now))));
        Assert.Equal(200, (await ada.Call("POST /v2/account/password/change", with)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Closed_account_is_forbidden(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var ada = await Member.Join(server);
        var basic = SignUpSteps.Basic(Ada, (await server.LogIn(Ada, ada.Password)).Data("key"));
        var close = new { email = Ada, current_password = ada.Password };
        Assert.Equal(200, (await server.Call("DELETE /api/users/destroy", close, authorization: basic)).Status);
        Assert.Equal((Disabled, Disabled), (await ada.Standing(), await ada.Standing(twin)));
        Assert.Equal(Disabled, (await ada.Call("GET /v2/auth/refresh")).ToString());
        Assert.Equal(401, (await Member.LogIn(server, "ada")).Status);
    }

    [Theory, EveryDatabase]
    public async Task Account_that_nobody_confirmed_in_seven_days_is_forbidden(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await Member.Unconfirmed(server);
        server.Pass(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        var late = new Member(server, "ada", Ada, Member.UsualPassword, await Member.TokenOf(server, "ada"));
        server.Pass(TimeSpan.FromHours(1));
        await server.RunJobs();
        Assert.Equal(Disabled, await late.Standing());
    }

    [Theory, EveryDatabase]
    public async Task Operator_can_end_every_token_at_once(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var ada = await Member.Join(server);
        Assert.Equal(Alive, await ada.Standing(twin));
        await server.Ask<RotateTokenKeys, Outcome<Done>>(
            rotate => rotate.Run(Caller.Operator, KeyRotation.AtOnce, CancellationToken.None));
        Assert.Equal((Revoked, Revoked), (await ada.Standing(), await ada.Standing(twin)));
        ada = ada with { Token = await Member.TokenOf(twin, "ada") };
        Assert.Equal((Alive, Alive), (await ada.Standing(), await ada.Standing(twin)));
    }

    [Theory, EveryDatabase]
    public async Task Address_that_was_taken_back_ends_what_came_since(Engine engine)
    {
        const string Next = "next@example.org";
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var ada = await Member.Join(server);
        var basic = SignUpSteps.Basic(Ada, (await server.LogIn(Ada, ada.Password)).Data("key"));
        await server.Call("POST /api/users/email", new { next_email = Next }, authorization: basic);
        var confirm = (await server.ReadMail(Next)).Token;
        var revoke = (await server.ReadMail(Ada, "about to change")).Token;
        Assert.Equal(200, (await server.Call("POST /api/users/email/confirm", new { token = confirm })).Status);
        var thief = ada with { Token = await Member.TokenOf(twin, Next) };
        Assert.Equal((Alive, Alive), (await thief.Standing(), await thief.Standing(twin)));
        Assert.Equal(200, (await server.Call("POST /api/users/email/revoke", new { token = revoke })).Status);
        Assert.Equal((Revoked, Revoked), (await thief.Standing(), await thief.Standing(twin)));
        Assert.Equal(Refused("Incorrect Username / Password"), (await Member.LogIn(twin, "ada")).ToString());
    }

    private static string Refused(string text) => $$"""401 {"code":401,"message":"{{text}}"}""";

    private static async Task<(Totp App, string RecoveryCode)> TurnFactorOn(TestServer server, Member member)
    {
        var basic = SignUpSteps.Basic(member.Email, (await server.LogIn(member.Email, member.Password)).Data("key"));
        var url = (await server.Call("POST /api/mfa/start", new { }, authorization: basic)).Data("url");
        var totp = new Totp(Base32Encoding.ToBytes(url.Split("secret=")[1].Split('&')[0]));
        var verify = new { mfa_token = totp.ComputeTotp(server.Now) };
        var verified = await server.Call("POST /api/mfa/verify", verify, authorization: basic);
        return (totp, verified.Texts("recovery_codes")[0]);
    }
}
