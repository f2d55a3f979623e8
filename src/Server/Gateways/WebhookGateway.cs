using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.Gateways;

/// <summary>
/// How messages leave for an address that somebody typed: a name is resolved once, and the connection goes to the very
/// address that was looked at, so that no answer of DNS, no redirect and no proxy leads into the house.
/// </summary>
public sealed class WebhookGateway : IDisposable
{
    private const int MostHeaderKilobytes = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly IReadOnlyList<IPNetwork> allowed;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> resolve;
    private readonly HttpClient http;

    /// <param name="settings">Which networks are allowed although they are not public.</param>
    /// <param name="resolve">Finds the addresses of a name.</param>
    public WebhookGateway(Settings settings, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        allowed = [.. settings.Webhooks.AllowedNetworks.Select(text => IPNetwork.Parse(text))];
        this.resolve = resolve;
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectCallback = Connect,
            MaxResponseHeadersLength = MostHeaderKilobytes,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        })
        {
            Timeout = Patience,
        };
        http.DefaultRequestHeaders.UserAgent.ParseAdd($"Gatehouse/{Installation.Version}");
    }

    /// <summary>Posts one message, signed; what the address made of it.</summary>
    public async Task<WebhookAnswer> Post(WebhookPost post, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, post.Url)
        {
            Content = new StringContent(post.Body, Encoding.UTF8, "application/json"),
        };
        var seconds = new DateTimeOffset(post.At).ToUnixTimeSeconds();
        request.Headers.Add("webhook-id", post.Id);
        request.Headers.Add("webhook-timestamp", seconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSecret.Sign(post.Secrets, post.Id, seconds, post.Body));
        try
        {
            // The body of the answer is nothing to us, and may be as long as it likes.
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            return new WebhookAnswer((int)answer.StatusCode, Failure: "");
        }
        catch (Exception silent) when (!stop.IsCancellationRequested
            && silent is HttpRequestException or IOException or OperationCanceledException)
        {
            return new WebhookAnswer(Status: null, WhyNot(silent));
        }
    }

    /// <summary>
    /// Says whether an address may be reached: a public one by https, one of the allowed networks by http too.
    /// </summary>
    public bool MayReach(IPAddress address, bool isSecure)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return allowed.Any(network => network.Contains(plain)) || (isSecure && PublicAddress.Is(plain));
    }

    public void Dispose() => http.Dispose();

    private static string WhyNot(Exception silent) => silent switch
    {
        OperationCanceledException => $"did not answer within {Patience.TotalSeconds:0} s",
        _ when silent.GetBaseException() is UnreachableAddress refused => refused.Message,
        _ when silent.GetBaseException() is SocketException broken => $"no connection: {broken.SocketErrorCode}",
        HttpRequestException { HttpRequestError: var error } => $"no answer: {error}",
        _ => "no answer",
    };

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var place = context.DnsEndPoint;
        var isSecure = context.InitialRequestMessage.RequestUri!.Scheme == Uri.UriSchemeHttps;
        var found = IPAddress.TryParse(place.Host, out var literal) ? [literal] : await resolve(place.Host, stop);
        if (found.FirstOrDefault(address => !MayReach(address, isSecure)) is { } refused)
            throw new UnreachableAddress(refused, isSecure);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(found, place.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>An address that no message goes to.</summary>
    private sealed class UnreachableAddress(IPAddress address, bool isSecure) : IOException(
        isSecure || !PublicAddress.Is(address)
            ? $"{address} is not public, and not in Webhooks:AllowedNetworks"
            : $"{address} is public, and reached by https alone");
}

/// <summary>A message that is ready to go.</summary>
/// <param name="Url">Where to.</param>
/// <param name="Id">Its id, the same at every attempt.</param>
/// <param name="At">When this attempt is made (UTC).</param>
/// <param name="Secrets">What signs it: the current secret, and for a while the one before it.</param>
/// <param name="Body">What is signed and sent.</param>
public sealed record WebhookPost(Uri Url, string Id, DateTime At, IReadOnlyList<Secret> Secrets, string Body);

/// <summary>What became of it.</summary>
/// <param name="Status">What the address answered; null where it answered nothing.</param>
/// <param name="Failure">Why it answered nothing.</param>
public sealed record WebhookAnswer(int? Status, string Failure)
{
    /// <summary>Whether the message was taken.</summary>
    public bool IsTaken => Status is >= 200 and < 300;

    /// <summary>Whether nothing shall be sent there any more.</summary>
    public bool IsGone => Status == StatusCodes.Status410Gone;
}
