using System.Text.Json;
using Xunit;

namespace Gatehouse.Tests.Harness;

/// <summary>A second factor that is on.</summary>
public sealed record Factor(Authenticator App, IReadOnlyList<string> RecoveryCodes);

/// <summary>What somebody with an account does over HTTP.</summary>
public static class AccountSteps
{
    /// <summary>Settings under which a race is decided by the code alone, not by a limit in front of it.</summary>
    public static readonly (string Name, string Value)[] Unlimited =
    [
        ("Limits:PasswordPerNetwork", "0"), ("Limits:PasswordPerAccount", "0"), ("Limits:PasswordInARow", "0"),
        ("Limits:FailuresPerAddressIn5Minutes", "0"), ("Limits:FailuresPerAddressInAnHour", "0"),
        ("Limits:FactorTries", "0"), ("Limits:FactorInARow", "0"), ("Limits:RecoveryCodeTries", "0"),
        ("Limits:MailsPerEmailInAnHour", "0"), ("Limits:MailsPerEmailInADay", "0"),
        ("Limits:MailRequestsPerAddress", "0"), ("Limits:SignUpsPerAddress", "0"), ("Limits:SignUpsPerEmail", "0"),
        ("Accounts:Hashing:Queue", "1000"),
    ];

    /// <summary>Limits that count as ever and are never reached.</summary>
    public static readonly (string Name, string Value)[] Roomy =
    [
        .. Unlimited.Where(limit => limit.Name.StartsWith("Limits:", StringComparison.Ordinal))
            .Select(limit => limit.Name)
            .Concat(["Limits:FailuresPerNetworkInAnHour", "Limits:FailuresInAnHour", "Limits:V2RequestsPerAddress"])
            .Select(name => (name, "1000000")),
        ("Accounts:Hashing:Queue", "1000"),
    ];

    /// <summary>A request with somebody's key.</summary>
    public static Task<Answer> CallAs(this TestServer server, Customer who, string what, object? body = null) =>
        server.Call(what, body, authorization: who.Basic);

    /// <summary>The same, which has to succeed.</summary>
    public static async Task<Answer> Do(this TestServer server, Customer who, string what, object? body = null)
    {
        var answer = await server.CallAs(who, what, body);
        Assert.True(answer.Status is 200 or 201, $"{what}: {answer}");
        return answer;
    }

    /// <summary>A log-in with a code of the second factor.</summary>
    public static Task<Answer> LogInWith(this TestServer server, Customer who, string? code) =>
        server.Call("POST /api/login", new { email = who.Email, password = who.Password, mfa_token = code });

    /// <summary>The customer with the key of a fresh login.</summary>
    public static async Task<Customer> LogInAgain(this TestServer server, Customer who, string? code = null)
    {
        var answer = await server.LogInWith(who, code);
        Assert.True(answer.Status == 200, answer.ToString());
        return who with { Key = answer.Data("key") };
    }

    /// <summary>Turns the second factor on, which ends every key.</summary>
    public static async Task<Factor> ActivateFactor(this TestServer server, Customer who)
    {
        var app = new Authenticator((await server.Do(who, "POST /api/mfa/start")).Data("url"));
        var verified = await server.Do(who, "POST /api/mfa/verify", new { mfa_token = app.CodeAt(server.Now) });
        return new Factor(app, verified.Texts("recovery_codes"));
    }

    /// <summary>The newest mail to an address whose subject says something.</summary>
    public static async Task<ReceivedMail> ReadMail(this TestServer server, string to, string subject) =>
        (await server.ReadMail()).First(mail =>
            mail.To == to && mail.Subject.Contains(subject, StringComparison.Ordinal));

    /// <summary>A list of texts in <c>data</c> of the body.</summary>
    public static IReadOnlyList<string> Texts(this Answer answer, string name) =>
        [.. answer.Json().GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];

    /// <summary><c>data</c> of the body.</summary>
    public static JsonElement Json(this Answer answer) =>
        JsonDocument.Parse(answer.Body).RootElement.GetProperty("data");

    /// <summary>The same request, half of them at either node, all at once.</summary>
    public static Task<Answer[]> Race(
        int times, TestServer server, TestServer twin, Func<TestServer, Task<Answer>> request) =>
        Task.WhenAll(Enumerable.Range(0, times).Select(i => request(i % 2 == 0 ? server : twin)));
}
