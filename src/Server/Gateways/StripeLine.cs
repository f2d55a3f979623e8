using System.Net;
using Gatehouse.Platform;
using Stripe;

namespace Gatehouse.Gateways;

/// <summary>
/// How Stripe is spoken to: within seconds, without redirects, and without repeating anything by itself, since only
/// whoever asks knows whether that is safe.
/// </summary>
internal sealed class StripeLine : IDisposable
{
    private const long LongestAnswer = 4 * 1024 * 1024;
    private const int MostKeys = 8;
    private const string Marked = "request";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = LongestAnswer,
    };

    private readonly ILogger<StripeLine> log;

    public StripeLine(Settings settings, ILogger<StripeLine> log)
    {
        this.log = log;
        var stripe = settings.Payments.Stripe;
        Client = new StripeClient(
            stripe.SecretKey?.Reveal(),
            httpClient: new SystemNetHttpClient(http, maxNetworkRetries: 0, enableTelemetry: false),
            apiBase: stripe.ApiBase == "" ? null : stripe.ApiBase);
    }

    /// <summary>The library's client, with our key.</summary>
    public StripeClient Client { get; }

    /// <summary>Has something made that moves no money, under a key that makes it once.</summary>
    public async Task<Answered<T>> Make<T>(string requestKey, Func<RequestOptions, Task<T>> request)
    {
        for (var number = 0; number < MostKeys; number++)
        {
            var (made, error) = await Try(() => request(Under(requestKey, number)));
            if (error is null) return Answered.With(made!);
            if (!error.IsStale) return error.Answer<T>();
        }

        return AnswerState.Unknown;
    }

    /// <summary>Asks for something that is there.</summary>
    public async Task<Answered<T>> Read<T>(Func<Task<T>> request)
    {
        var (found, error) = await Try(request);
        return error is null ? Answered.With(found!) : error.Answer<T>();
    }

    /// <summary>What a request came to, or how it failed.</summary>
    public async Task<(T? Made, StripeFailure? Failure)> Try<T>(Func<Task<T>> request)
    {
        try
        {
            return (await request(), null);
        }
        catch (StripeException refusal)
        {
            var failure = StripeFailure.Of(refusal);
            Note(refusal, failure);
            return (default, failure);
        }
        catch (Exception silence) when (silence is HttpRequestException or IOException or OperationCanceledException
            or Newtonsoft.Json.JsonException)
        {
            log.LogWarning("stripe: no answer: {Why}", silence.Message);
            return (default, StripeFailure.Silence);
        }
    }

    /// <summary>
    /// Stripe keeps the first answer to a key, its own faults too: what failed there for good is asked for under the
    /// next key.
    /// </summary>
    public static RequestOptions Under(string requestKey, int number) =>
        new() { IdempotencyKey = number == 0 ? requestKey : $"{requestKey}:{number}" };

    /// <summary>What we write on things at Stripe, to find them again by what they were made for.</summary>
    public static Dictionary<string, string> Mark(string requestKey) =>
        new(StringComparer.Ordinal) { [Marked] = requestKey };

    /// <summary>Says whether something was made for a request.</summary>
    public static bool IsMarked(IReadOnlyDictionary<string, string>? metadata, string requestKey) =>
        metadata?.GetValueOrDefault(Marked) == requestKey;

    /// <summary>Stripe's list, from page to page.</summary>
    public async Task<Answered<List<T>>> ReadAll<T>(IAsyncEnumerable<T> pages, CancellationToken stop) => await Read(
        async () =>
        {
            var all = new List<T>();
            await foreach (var one in pages.WithCancellation(stop)) all.Add(one);
            return all;
        });

    public void Dispose() => http.Dispose();

    /// <summary>What Stripe says may name a card or a person; its number of the request leads to all of it.</summary>
    private void Note(StripeException refusal, StripeFailure failure)
    {
        var (status, request) = ((int)refusal.HttpStatusCode, refusal.StripeResponse?.RequestId);
        if (refusal.HttpStatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            log.LogError("stripe: the secret key is not accepted: {Status}, request {Request}", status, request);
        else if (failure.State == AnswerState.Unknown || refusal.HttpStatusCode == HttpStatusCode.BadRequest)
            log.LogWarning("stripe: {Status} {Code}, request {Request}", status, failure.Decline?.Code, request);
    }
}
