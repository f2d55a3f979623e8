using System.Text;
using System.Text.Json;
using Gatehouse.Domain;
using Gatehouse.Tests.Apis.Temporal;
using Gatehouse.Tests.Harness;
using Gatehouse.Tests.WebConsole;
using Xunit;

namespace Gatehouse.Tests.Platform;

/// <summary>Every secret of a run is searched for wherever it must not be: database, files, logs (T87, T88).</summary>
public sealed class CanaryTests
{
    [Theory, EveryDatabase]
    public async Task No_secret_is_readable_in_the_database_or_the_logs(Engine engine)
    {
        await using var server = await TestServer.Start(engine, TestServer.LogEverything);
        var secrets = new List<string> { "canary password 7Zq", "canary wrong 8Yp", "canary second 9Xo" };
        var uuid = await server.StartSignUp("ada@example.org");
        secrets.Add(uuid);
        var before = await server.DumpWithFiles();
        var mail = await server.ReadMail("ada@example.org");
        secrets.AddRange([mail.Token, mail.Code]);
        await server.Call("POST /api/signup", new { uuid, confirmation_code = mail.Code, tier = secrets[1] });
        await server.Step(new { uuid, confirmation_code = mail.Code });
        await server.Step(new { uuid, password = secrets[2] });
        await server.Step(new { uuid, password = secrets[0] });
        var key = (await server.Step(new { uuid, tier = "FREE" })).Data("key");
        secrets.Add(key);
        secrets.Add(await UseEveryRoute(server, secrets[0], secrets[1], key));
        secrets.Add((await server.ReadMail("bob@example.org")).Token);

        var after = await server.DumpWithFiles();
        Assert.All(secrets, secret => AssertHidden(secret, before));
        Assert.All(secrets, secret => AssertHidden(secret, after));
        Assert.All(secrets, secret => AssertHidden(secret, server.Log.Text));
        Assert.Contains("POST", server.Log.Text, StringComparison.Ordinal);
    }

    [Theory, EveryDatabase]
    public async Task No_secret_of_an_account_is_in_database_logs_activity_export_or_refusals(Engine engine)
    {
        await using var server = await TestServer.Start(engine, [.. AccountSteps.Roomy, TestServer.LogEverything]);
        var ada = await server.SignUp();
        var secrets = new List<string> { ada.Key, await Member.TokenOf(server, ada.UserName, ada.Password) };
        secrets.Add((await server.Do(ada, "POST /api/account_keys", new { name = "ci" })).Data("key"));
        var browser = new Visitor(server);
        await browser.LogIn(ada);
        secrets.AddRange(browser.Cookies.Values);
        await server.Do(ada, "POST /api/users/email", new { next_email = "next@example.org" });
        secrets.Add((await server.ReadMail("next@example.org")).Token);
        secrets.Add((await server.ReadMail(ada.Email, "about to change")).Token);
        var started = (await server.Do(ada, "POST /api/mfa/start")).Data("url");
        secrets.Add(started.Split("secret=")[1].Split('&')[0]);
        var code = new { mfa_token = new Authenticator(started).CodeAt(server.Now) };
        secrets.AddRange((await server.Do(ada, "POST /api/mfa/verify", code)).Texts("recovery_codes"));
        ada = await server.LogInAgain(ada, secrets[^1]);
        secrets.Add(ada.Key);
        var told = $"{await server.CallAs(ada, "GET /api/activity")}\n{await server.CallAs(ada, "GET /api/export")}";
        await server.Do(ada, "DELETE /api/users/destroy", new { email = ada.Email });
        secrets.Add((await server.ReadMail(ada.Email, "account was closed")).Token);
        var refusals = new StringBuilder();
        foreach (var secret in secrets) refusals.AppendLine(await Misplace(server, ada, secret));

        foreach (var place in (string[])[await server.DumpWithFiles(), server.Log.Text, told, refusals.ToString()])
            Assert.All(secrets, secret => AssertHidden(secret, place));
    }

    /// <summary>All that is answered to a secret in every place where it does not belong.</summary>
    private static async Task<string> Misplace(TestServer server, Customer ada, string secret)
    {
        var escaped = Uri.EscapeDataString(secret);
        Answer[] refusals =
        [
            await server.Call("GET /api/users", authorization: SignUpSteps.Basic(ada.Email, secret)),
            await server.Call("GET /v2/account/usage", authorization: $"Bearer {secret}"),
            await server.Call("POST /api/login", new { email = ada.Email, password = secret, mfa_token = secret }),
            await server.Call("POST /api/users/confirm", new { email = secret, code = secret }),
            await server.Call("POST /api/users/email/confirm", new { token = secret + "x" }),
            await server.Call("POST /api/users/reset_password", new { token = secret, password = secret }),
            await server.Call($"GET /api/nowhere/{escaped}?key={escaped}"),
            await server.Call($"GET /v2/account/email/verify/{escaped}/{escaped}"),
        ];
        Assert.All(refusals, refusal => Assert.NotEqual(200, refusal.Status));
        return string.Join('\n', refusals.Select(refusal => refusal.ToString()));
    }

    /// <summary>A key that was never given out, presented in vain.</summary>
    private static async Task<string> UseEveryRoute(TestServer server, string password, string wrong, string key)
    {
        const string email = "ada@example.org";
        var unknown = ApiKeyText.Generate().Reveal();
        await server.LogIn(email, password);
        await server.LogIn(email, wrong);
        await server.Call("GET /api/login", authorization: SignUpSteps.Basic(email, password));
        await server.Call($"GET /api/login?mfa_token={wrong}", authorization: SignUpSteps.Basic(email, wrong));
        await server.StatusOfKey(email, unknown);
        await server.Call($"GET /api/nowhere/{Uri.EscapeDataString(wrong)}?key={key}");
        await server.Call($"GET /confirm?token={key}");
        await server.Call("POST /api/signup", $$"""{"email":"{{key}}""");
        await server.Call("POST /api/free_users", new { email = "bob@example.org", password = wrong });
        await server.Call("PUT /api/users/reconfirm_email", new { email = "bob@example.org" });
        await server.Call(
            "GET /api/users", null, null, SignUpSteps.Basic(email, key), ("X-Secret", key), ("Cookie", wrong));
        await server.Call("DELETE /api/login", authorization: SignUpSteps.Basic(email, key));
        return unknown;
    }

    private static void AssertHidden(string secret, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        string[] forms =
        [
            secret, Convert.ToBase64String(bytes).TrimEnd('='),
            Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes),
            Uri.EscapeDataString(secret), JsonSerializer.Serialize(secret).Trim('"'),
        ];
        foreach (var form in forms)
        {
            var at = text.IndexOf(form, StringComparison.Ordinal);
            // Six digits stand in many a longer number; alone they may not.
            while (at >= 0 && secret.Length == 6 && IsInsideANumber(text, at, form.Length))
                at = text.IndexOf(form, at + 1, StringComparison.Ordinal);
            Assert.True(at < 0, $"{form} stands in …{text[Math.Max(0, at - 60)..Math.Max(0, at)]}…");
        }
    }

    private static bool IsInsideANumber(string text, int at, int length) =>
        (at > 0 && char.IsAsciiHexDigit(text[at - 1]))
        || (at + length < text.Length && char.IsAsciiHexDigit(text[at + length]));
}
