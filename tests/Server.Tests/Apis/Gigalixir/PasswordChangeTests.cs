using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>A new password for somebody who is logged in (wire 3.6; contract 6, "Step-up").</summary>
public sealed class PasswordChangeTests
{
    private const string Email = "ada@example.org";
    private const string Next = "another horse battery";
    private const string Change = "PATCH /api/users/change_password";

    [Theory, EveryDatabase]
    public async Task New_password_takes_the_place_of_the_old_one_and_keys_stay(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var other = await server.LogInAgain(ada);
        var done = await server.CallAs(ada, Change, new { current_password = ada.Password, new_password = Next });
        Assert.Equal((200, "Password successfully changed"), (done.Status, done.Data("message")));
        Assert.Equal(401, (await server.LogIn(Email, ada.Password)).Status);
        Assert.Equal(200, (await server.LogIn(Email, Next)).Status);
        foreach (var key in (string[])[ada.Key, other.Key]) Assert.Equal(200, await server.StatusOfKey(Email, key));
        Assert.Equal(Email, (await server.ReadMail(Email, "password was changed")).To);
    }

    [Theory, EveryDatabase]
    public async Task Keys_end_on_both_nodes_if_asked_for(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        await using var twin = await server.StartTwin();
        var ada = await server.SignUp(Email);
        await server.Do(ada, Change, new { new_password = Next, revoke_api_keys = true });
        Assert.Equal((401, 401), (await server.StatusOfKey(Email, ada.Key), await twin.StatusOfKey(Email, ada.Key)));
        Assert.Equal(200, (await twin.LogIn(Email, Next)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Password_that_is_sent_is_checked_even_with_a_fresh_key(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        (string What, object Body)[] requests =
        [
            (Change, new { current_password = "a wrong password", new_password = Next }),
            ("POST /api/users/email", new { current_password = "a wrong password", next_email = "eda@example.org" }),
            ("POST /api/mfa/start", new { current_password = "a wrong password" }),
            ("DELETE /api/users/destroy", new { current_password = "a wrong password", email = Email }),
        ];
        foreach (var (what, body) in requests)
        {
            var wrong = await server.CallAs(ada, what, body);
            Assert.Equal(
                (what, 422, """{"errors":{"current_password":["is incorrect"]}}"""), (what, wrong.Status, wrong.Body));
        }

        Assert.Equal(200, (await server.LogIn(Email, ada.Password)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Wrong_passwords_in_requests_are_limited_like_logins(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var wrong = new { current_password = "a wrong password", new_password = Next };
        for (var i = 0; i < 5; i++) Assert.Equal(422, (await server.CallAs(ada, Change, wrong)).Status);
        var right = new { current_password = ada.Password, new_password = Next };
        Assert.Equal(429, (await server.CallAs(ada, Change, right)).Status);
        Assert.Equal(429, (await server.LogIn(Email, ada.Password)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Weak_password_is_refused_and_changes_nothing(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        (string? Password, string Message)[] weak =
        [
            (null, "is required"), ("", "is required"), ("short", "should be at least 8 character(s)"),
            ("password123", "is too common"), (Email.ToUpperInvariant(), "should not be your email or user name"),
            (ada.UserName, "should not be your email or user name"), (new('x', 1025), "should be at most 1024 byte(s)"),
        ];
        foreach (var (password, message) in weak)
        {
            var body = new { current_password = ada.Password, new_password = password };
            var refused = await server.CallAs(ada, Change, body);
            Assert.Equal(
                (422, $$$"""{"errors":{"new_password":["{{{message}}}"]}}"""), (refused.Status, refused.Body));
        }

        Assert.Equal(200, (await server.LogIn(Email, ada.Password)).Status);
    }

    [Theory, EveryDatabase]
    public async Task Stale_key_needs_the_password_and_the_code_where_a_factor_is_on(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        var app = (await server.ActivateFactor(ada)).App;
        server.Pass(TimeSpan.FromSeconds(30));
        ada = await server.LogInAgain(ada, app.CodeAt(server.Now));
        server.Pass(TimeSpan.FromMinutes(11));
        var old = await server.CallAs(ada, Change, new { new_password = Next });
        Assert.Equal((422, """{"errors":{"":["please log in again to do this"]}}"""), (old.Status, old.Body));
        var halfway = await server.CallAs(ada, Change, new { current_password = ada.Password, new_password = Next });
        Assert.Equal((422, """{"errors":{"mfa_token":["is required"]}}"""), (halfway.Status, halfway.Body));
        var code = app.CodeAt(server.Now);
        await server.Do(
            ada, Change, new { current_password = ada.Password, new_password = Next, mfa_token = code });
    }

    [Theory, EveryDatabase]
    public async Task Open_links_are_void_after_it(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        await server.Do(ada, "POST /api/users/email", new { next_email = "eda@example.org" });
        await server.Call("PUT /api/users/reset_password", new { email = Email });
        var confirm = (await server.ReadMail("eda@example.org")).Token;
        var reset = (await server.ReadMail(Email, "Reset")).Token;
        await server.Do(ada, Change, new { new_password = Next });
        var reused = await server.Call(
            "POST /api/users/reset_password", new { token = reset, password = "a third one" });
        Assert.Equal((422, """{"errors":{"token":["is invalid"]}}"""), (reused.Status, reused.Body));
        Assert.Equal(422, (await server.Call("POST /api/users/email/confirm", new { token = confirm })).Status);
    }
}
