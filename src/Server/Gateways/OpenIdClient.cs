using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Gatehouse.Gateways;

/// <summary>
/// How the OpenID provider is spoken to: within seconds, without following redirects, and never reading more than a
/// provider has to say.
/// </summary>
public sealed class OpenIdClient(ILogger<OpenIdClient> log) : IDisposable
{
    private const int LongestAnswer = 256 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(4),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Patience,
        MaxResponseContentBufferSize = LongestAnswer,
    };

    /// <summary>The body of what an address answers; null when it did not answer with success.</summary>
    public async Task<string?> Get(Uri address, string? bearer, CancellationToken stop)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (bearer is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        return (await Send(request, stop)).Body;
    }

    /// <summary>
    /// What an address answers to a form; <paramref name="basic"/> is id and secret, null where they are in the form.
    /// </summary>
    public Task<ProviderReply> Post(
        Uri address, IEnumerable<KeyValuePair<string, string>> form, (string Id, string Secret)? basic,
        CancellationToken stop)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) };
        if (basic is { } client)
        {
            // Both parts are form-encoded before they are joined (RFC 6749 2.3.1).
            var pair = $"{Uri.EscapeDataString(client.Id)}:{Uri.EscapeDataString(client.Secret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(pair)));
        }

        return Send(request, stop);
    }

    public void Dispose() => http.Dispose();

    /// <summary>To be too slow, or too many, is no word on what was asked.</summary>
    private static bool IsRefusal(HttpStatusCode status) => (int)status is >= 400 and < 500
        && status is not (HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests);

    private async Task<ProviderReply> Send(HttpRequestMessage request, CancellationToken stop)
    {
        using var sent = request;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        var place = request.RequestUri!.GetLeftPart(UriPartial.Path);
        try
        {
            using var response = await http.SendAsync(request, stop);
            // JSON is UTF-8 (RFC 8259 8.1), whatever the header makes of it.
            if (response.IsSuccessStatusCode)
                return new ProviderReply(
                    IsRefused: false, Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(stop)));
            log.LogWarning("openid.provider: {Place} answered {Status}", place, (int)response.StatusCode);
            return new ProviderReply(IsRefusal(response.StatusCode), Body: null);
        }
        catch (Exception away) when (away is HttpRequestException or IOException
            || (away is OperationCanceledException && !stop.IsCancellationRequested))
        {
            log.LogWarning("openid.provider: {Place} did not answer: {Why}", place, away.Message);
            return new ProviderReply(IsRefused: false, Body: null);
        }
    }
}

/// <summary>What the provider answered.</summary>
/// <param name="IsRefused">It understood, and said no.</param>
/// <param name="Body">Null when it did not answer with success.</param>
public sealed record ProviderReply(bool IsRefused, string? Body);
