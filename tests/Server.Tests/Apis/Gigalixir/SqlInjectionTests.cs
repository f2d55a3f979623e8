using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.Apis.Gigalixir;

/// <summary>Characters that mean something in SQL mean nothing in any parameter (T117).</summary>
[Costly]
public sealed class SqlInjectionTests
{
    private static readonly string[] Payloads =
    [
        "'", "''", "\"", "`", "\\", ";", "--", "/*", "*/", "#", "%", "_", "$1", "@p0", "' OR '1'='1", "' OR 1=1 --",
        "\" OR \"\"=\"", "'; DROP TABLE accounts; --", "' UNION SELECT password_hash FROM accounts --",
        "1; SELECT pg_sleep(10)", "'||(SELECT password_hash FROM accounts)||'", "' AND 1=CAST('a' AS int) --",
        "admin'/*", "') OR ('1'='1", "\u02bc OR 1=1", "\ufe63\ufe63", "%27 OR 1=1 --", "{0}", "{{7*7}}", "${7*7}",
    ];

    [Theory, EveryDatabase]
    public async Task Payload_is_a_value_like_any_other(Engine engine)
    {
        await using var server = await TestServer.Start(
            engine, ("Limits:FailuresPerAddressIn5Minutes", "0"), ("Limits:FailuresPerAddressInAnHour", "0"),
            ("Limits:PasswordPerNetwork", "0"), ("Limits:PasswordPerAccount", "0"));
        var ada = await server.SignUp();
        var wrong = new List<string>();
        foreach (var payload in Payloads)
        {
            Note(wrong, payload, 401, await server.LogIn(payload, "a wrong password"));
            Note(wrong, payload, 401, await server.LogIn("bob@example.org", payload));
            Note(wrong, payload, 401, await server.Call(
                "GET /api/users", authorization: SignUpSteps.Basic(payload, ada.Key)));
            Note(wrong, payload, 401, await server.Call(
                "GET /api/users", authorization: SignUpSteps.Basic(ada.Email, payload)));
            foreach (var field in (string[])["uuid", "confirmation_code", "password", "tier", "promo_code"])
                Note(wrong, payload, 422, await server.Call("POST /api/signup", Body(field, payload)));
            Note(wrong, payload, 422, await server.Call("POST /api/users/confirm", new { token = payload }));
            Note(wrong, payload, 422, await server.Call(
                "POST /api/users/confirm", new { email = payload, code = payload }));
            Note(wrong, payload, 404, await server.Call($"GET /api/{Uri.EscapeDataString(payload)}/x"));
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(200, await server.StatusOfKey(ada.Email, ada.Key));
    }

    [Theory, EveryDatabase]
    public async Task Device_may_be_called_anything_and_its_key_gets_a_plain_name(Engine engine)
    {
        await using var server = await TestServer.Start(engine);
        var ada = await server.SignUp();
        foreach (var device in Payloads.Append("").Append("\0").Append("\r\n").Append(new string('x', 5000)))
        {
            var answer = await server.Call(
                "POST /api/login", new { email = ada.Email, password = ada.Password, device });
            Assert.Equal((device, 200), (device, answer.Status));
        }
    }

    private static Dictionary<string, string> Body(string field, string value) => field == "uuid"
        ? new() { ["uuid"] = value, ["tier"] = "FREE" }
        : new() { ["uuid"] = "0f7e0000-0000-4000-8000-000000000000", [field] = value };

    private static void Note(List<string> wrong, string payload, int status, Answer answer)
    {
        if (answer.Status != status) wrong.Add($"{payload}: {answer} instead of {status}");
    }
}
