using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Gatehouse.Tests.Harness.Stripe;

/// <summary>
/// Stripe on loopback, as far as we use it: its shapes, its errors, its idempotency (the first answer to a key is kept
/// for a day, faults too, and other parameters under it are refused), its hosted pages, its signed events, and every
/// way in which a request can go wrong.
/// </summary>
public sealed class FakeStripe : IAsyncDisposable
{
    public const string SecretKey = "sk_test_canary51Fq8hTzKw0RbNcVdGp";
    public const string WebhookSecret = "whsec_canary7Jm2XsLq9TvBn4RkWdFh";

    private readonly ConcurrentDictionary<string, KeptAnswer> kept = new();
    private readonly StripeBank bank;
    private readonly WebApplication app;

    private FakeStripe(WebApplication app)
    {
        this.app = app;
        bank = new StripeBank(() => Now(), () => Address);
    }

    public string Address => app.Urls.First();

    /// <summary>What time it is there.</summary>
    public Func<DateTimeOffset> Now { get; set; } = TimeProvider.System.GetUtcNow;

    /// <summary>Everything that Stripe has.</summary>
    public StripeBank Bank => bank;

    /// <summary>What goes wrong with the next requests that are not only for looking.</summary>
    public StripeFaults Faults { get; } = new();

    /// <summary>The settings of a server that takes money here.</summary>
    public (string Name, string Value)[] Settings =>
    [
        ("Payments:Provider", "stripe"), ("Payments:Stripe:SecretKey", SecretKey),
        ("Payments:Stripe:WebhookSecret", WebhookSecret), ("Payments:Stripe:ApiBase", Address),
    ];

    public static async Task<FakeStripe> Start()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = ["--urls=http://127.0.0.1:0", "--hostBuilder:reloadConfigOnChange=false"],
        });
        builder.Configuration.AddInMemoryCollection(
            [KeyValuePair.Create("Logging:LogLevel:Default", (string?)"None")]);
        var stripe = new FakeStripe(builder.Build());
        stripe.app.Map("/v1/{**path}", stripe.Answer);
        StripePages.Map(stripe.app, stripe.bank);
        await stripe.app.StartAsync();
        return stripe;
    }

    /// <summary>The header of an event that Stripe signs now.</summary>
    public static string Sign(string body, DateTimeOffset at, string secret = WebhookSecret)
    {
        var time = at.ToUnixTimeSeconds();
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{body}"));
        return $"t={time},v1={Convert.ToHexStringLower(signature)}";
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task Answer(HttpContext http)
    {
        http.Response.Headers["Request-Id"] = $"req_{RandomNumberGenerator.GetHexString(14)}";
        if (http.Request.Headers.Authorization != $"Bearer {SecretKey}")
        {
            await Write(http, StripeReply.Refuse(401, "invalid_request_error", null, "Invalid API Key provided"));
            return;
        }

        var form = http.Request.HasFormContentType
            ? (await http.Request.ReadFormAsync()).ToDictionary(pair => pair.Key, pair => pair.Value.ToString())
            : http.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        var path = http.Request.Path.Value!["/v1/".Length..];
        if (HttpMethods.IsGet(http.Request.Method))
        {
            await Write(http, bank.Read(path, form));
            return;
        }

        await Change(http, path, form);
    }

    private async Task Change(HttpContext http, string path, Dictionary<string, string> form)
    {
        var fault = Faults.Next();
        if (fault == StripeFault.Dropped)
        {
            http.Abort();
            return;
        }

        if (fault is StripeFault.TooMany or StripeFault.Conflict)
        {
            await Write(http, fault == StripeFault.TooMany ? StripeReply.TooMany : StripeReply.InUse);
            return;
        }

        var key = http.Request.Headers["Idempotency-Key"].ToString();
        var asked = $"{path}?{string.Join('&', form.OrderBy(pair => pair.Key, StringComparer.Ordinal))}";
        var mine = new KeptAnswer(asked, Now());
        var answer = key == "" ? mine : kept.AddOrUpdate(
            key, mine, (_, before) => before.At + TimeSpan.FromHours(24) < Now() ? mine : before);
        if (answer != mine)
        {
            await Replay(http, answer, asked);
            return;
        }

        answer.Reply = fault == StripeFault.FailedBefore ? StripeReply.Fault : bank.Change(path, form);
        if (fault == StripeFault.FailedAfter) answer.Reply = StripeReply.Fault;
        // What was refused before anything was done is not kept.
        if (answer.Reply.Status is 400 or 404) kept.TryRemove(key, out _);
        if (fault == StripeFault.LostAfter) http.Abort();
        else await Write(http, answer.Reply);
    }

    private static Task Replay(HttpContext http, KeptAnswer answer, string asked)
    {
        if (answer.Asked != asked)
        {
            return Write(http, StripeReply.Refuse(
                400, "idempotency_error", null, "Keys can only be used with the same parameters"));
        }

        if (answer.Reply is not { } reply) return Write(http, StripeReply.InUse);
        http.Response.Headers["Idempotent-Replayed"] = "true";
        return Write(http, reply);
    }

    private static Task Write(HttpContext http, StripeReply reply)
    {
        http.Response.StatusCode = reply.Status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(reply.Body);
    }

    /// <summary>The answer to a key; none while its request is at work.</summary>
    private sealed class KeptAnswer(string asked, DateTimeOffset at)
    {
        public string Asked => asked;

        public DateTimeOffset At => at;

        public StripeReply? Reply { get; set; }
    }
}

/// <summary>An answer.</summary>
public sealed record StripeReply(int Status, string Body)
{
    public static StripeReply Fault { get; } =
        Refuse(500, "api_error", null, "An unknown error occurred");

    public static StripeReply TooMany { get; } =
        Refuse(429, "invalid_request_error", "rate_limit", "Too many requests");

    public static StripeReply InUse { get; } =
        Refuse(409, "invalid_request_error", "idempotency_key_in_use", "There is another request with this key");

    public static StripeReply Of(JsonNode made) => new(200, made.ToJsonString());

    public static StripeReply Refuse(
        int status, string type, string? code, string message, string? declineCode = null, JsonNode? intent = null) =>
        new(status, new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["type"] = type,
                ["code"] = code,
                ["decline_code"] = declineCode,
                ["message"] = message,
                ["doc_url"] = "https://docs.stripe.com/error-codes",
                ["payment_intent"] = intent?.DeepClone(),
            },
        }.ToJsonString());

    public static StripeReply Missing(string what, string id) =>
        Refuse(404, "invalid_request_error", "resource_missing", $"No such {what}: '{id}'");
}
