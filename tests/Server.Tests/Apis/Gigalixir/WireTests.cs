using System.Text.RegularExpressions;
using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>The commands of an account, request for request, as clients of the original send them (wire 3).</summary>
public sealed partial class WireTests
{
    private const string Email = "ada@example.org";
    private const string Next = "another horse battery";

    [Theory, EveryDatabase]
    public async Task Account_and_address(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        await Matches(
            server, ada, "wire-3-email.txt",
            ("GET /api/users", null),
            ("POST /api/users/email", new { current_password = "wrong", next_email = "eda@example.org" }),
            ("POST /api/users/email", new { current_password = ada.Password, next_email = "nonsense" }),
            ("POST /api/users/email", new { current_password = ada.Password, next_email = "eda@example.org" }),
            ("POST /api/users/email/confirm", new { token = "nonsense" }),
            ("POST /api/users/email/revoke", new { token = "nonsense" }));
    }

    [Theory, EveryDatabase]
    public async Task Passwords_and_confirmations(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        const string Change = "PATCH /api/users/change_password";
        await Matches(
            server, ada, "wire-3-passwords.txt",
            (Change, new { current_password = "wrong", new_password = Next }),
            (Change, new { current_password = ada.Password, new_password = "short" }),
            (Change, new { current_password = ada.Password, new_password = Next }),
            ("PUT /api/users/reset_password", new { email = Email }),
            ("PUT /api/users/reset_password", new { email = "nobody@example.org" }),
            ("PUT /api/users/reset_password", new { email = "nonsense" }),
            ("POST /api/users/reset_password", new { token = "nonsense", password = Next }),
            ("PUT /api/users/reconfirm_email", new { email = Email }),
            ("PUT /api/users/reconfirm_email", new { email = "nonsense" }),
            ("POST /api/users/confirm", new { token = "nonsense" }));
    }

    [Theory, EveryDatabase]
    public async Task Keys_and_sessions(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        await Matches(
            server, ada, "wire-3-keys.txt",
            ("POST /api/account_keys", new { name = "ci", scopes = new[] { "account:read" } }),
            ("POST /api/account_keys", new { name = "ci" }),
            ("POST /api/account_keys", new { name = "no spaces" }),
            ("DELETE /api/account_keys/ci", null),
            ("DELETE /api/account_keys/ci", null),
            ("GET /api/sessions", null),
            ("DELETE /api/sessions/1", null),
            ("POST /api/api_keys/regenerate", new { current_password = "wrong" }),
            ("POST /api/api_keys/regenerate", new { current_password = ada.Password }),
            ("GET /api/users", null));
    }

    [Theory, EveryDatabase]
    public async Task Second_factor(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        await Matches(
            server, ada, "wire-3-second-factor.txt",
            ("POST /api/mfa/recovery_codes", new { }),
            ("DELETE /api/mfa", new { }),
            ("POST /api/mfa/verify", new { mfa_token = "000000" }),
            ("POST /api/mfa/start", null),
            ("POST /api/mfa/verify", new { }),
            ("POST /api/mfa/verify", new { mfa_token = "nonsense" }));
        var factor = await server.ActivateFactor(ada);
        server.Pass(TimeSpan.FromSeconds(30));
        ada = await server.LogInAgain(ada, factor.App.CodeAt(server.Now));
        await Matches(
            server, ada, "wire-3-second-factor-on.txt",
            ("POST /api/login", new { email = Email, password = ada.Password }),
            ("POST /api/login", new { email = Email, password = ada.Password, mfa_token = "nonsense" }),
            ("POST /api/mfa/start", null),
            ("POST /api/mfa/recovery_codes", new { }),
            ("DELETE /api/mfa", new { }),
            ("DELETE /api/mfa", new { }));
    }

    [Theory, EveryDatabase]
    public async Task Ssh_keys(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        await Matches(
            server, ada, "wire-3-ssh-keys.txt",
            ("GET /api/ssh_keys", null),
            ("POST /api/ssh_keys", new { ssh_key = SshKeyTests.Line(1) }),
            ("POST /api/ssh_keys", new { ssh_key = SshKeyTests.Line(1) }),
            ("POST /api/ssh_keys", new { ssh_key = "nonsense" }),
            ("GET /api/ssh_keys", null),
            ("DELETE /api/ssh_keys", new { id = "1" }),
            ("DELETE /api/ssh_keys", new { id = "1" }));
    }

    [Theory, EveryDatabase]
    public async Task Closing(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp(Email);
        const string Close = "DELETE /api/users/destroy";
        await server.MakeApp(ada, "engine");
        await Matches(
            server, ada, "wire-3-closing.txt",
            (Close, new { email = "bob@example.org", current_password = ada.Password }),
            (Close, new { email = Email, current_password = "wrong" }),
            (Close, new { email = Email, current_password = ada.Password }),
            ("DELETE /api/apps/engine", null),
            (Close, new { email = Email, current_password = ada.Password }),
            ("GET /api/users", null),
            ("POST /api/login", new { email = Email, password = ada.Password }));
    }

    private static async Task Matches(
        TestServer server, Customer who, string golden, params IEnumerable<(string What, object? Body)> requests)
    {
        var text = await server.Transcript(who, requests);
        text = Secret().Replace(RecoveryCode().Replace(Key().Replace(text, "(key)"), "\"(code)\""), "secret=(secret)");
        Golden.Matches($"Apis/Gigalixir/{golden}", text);
    }

    [GeneratedRegex("gate_[0-9A-Za-z]{36}", RegexOptions.None, 1000)]
    private static partial Regex Key();

    [GeneratedRegex("\"[A-Z0-9]{4}(-[A-Z0-9]{4}){3}\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RecoveryCode();

    [GeneratedRegex("secret=[A-Z2-7]+", RegexOptions.None, 1000)]
    private static partial Regex Secret();
}
