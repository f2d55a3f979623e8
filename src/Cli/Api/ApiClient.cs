using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Gatehouse.Cli.Api;

/// <summary>
/// Speaks to one server and to no other: redirects are never followed, cookies never kept, and nothing goes over a
/// network in the clear.
/// </summary>
/// <param name="server">The only one that is spoken to.</param>
/// <param name="surroundings">Whose environment may allow plain http.</param>
/// <param name="versions">Hears which versions the server names.</param>
/// <param name="credentials">Who we are; null for nobody.</param>
internal sealed class ApiClient(
    ServerAddress server, Surroundings surroundings, VersionCheck versions, Credentials? credentials = null)
{
    private const int LargestReplyInBytes = 16 * 1024 * 1024;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Asks for something.</summary>
    public Task<ApiReply> Get(string path, CancellationToken cancelled) =>
        Send(HttpMethod.Get, path, [], cancelled);

    /// <summary>Sends something; with a key, the server takes it once however often it arrives.</summary>
    public Task<ApiReply> Post<T>(
        string path, T body, JsonTypeInfo<T> type, CancellationToken cancelled, string? idempotencyKey = null) =>
        Send(HttpMethod.Post, path, JsonSerializer.SerializeToUtf8Bytes(body, type), cancelled, idempotencyKey);

    /// <summary>Puts something in its place.</summary>
    public Task<ApiReply> Put<T>(string path, T body, JsonTypeInfo<T> type, CancellationToken cancelled) =>
        Send(HttpMethod.Put, path, JsonSerializer.SerializeToUtf8Bytes(body, type), cancelled);

    /// <summary>Changes something.</summary>
    public Task<ApiReply> Patch<T>(string path, T body, JsonTypeInfo<T> type, CancellationToken cancelled) =>
        Send(HttpMethod.Patch, path, JsonSerializer.SerializeToUtf8Bytes(body, type), cancelled);

    /// <summary>Takes something away.</summary>
    public Task<ApiReply> Delete(string path, CancellationToken cancelled) =>
        Send(HttpMethod.Delete, path, [], cancelled);

    /// <summary>Takes something away that only the body names or proves.</summary>
    public Task<ApiReply> Delete<T>(string path, T body, JsonTypeInfo<T> type, CancellationToken cancelled) =>
        Send(HttpMethod.Delete, path, JsonSerializer.SerializeToUtf8Bytes(body, type), cancelled);

    private async Task<ApiReply> Send(
        HttpMethod method, string path, byte[] body, CancellationToken cancelled, string? idempotencyKey = null)
    {
        RefuseOpenNetwork();
        using var http = NewClient();
        using var request = new HttpRequestMessage(method, server.Route(path)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("GatehouseCLI", VersionCheck.OurVersion));
        if (idempotencyKey is not null)
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        if (credentials is not null)
            request.Headers.Authorization = Basic(credentials);

        try
        {
            using var response = await http.SendAsync(request, cancelled);
            versions.Hear(response, server);
            var text = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancelled));
            return new ApiReply(server, surroundings.ProgramName, response.StatusCode, RetryAfter(response), text);
        }
        catch (HttpRequestException unreachable)
        {
            throw Unreachable(unreachable);
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            throw new Failure(ExitCode.Network, $"{server} did not answer within {Timeout.TotalSeconds} seconds.");
        }
    }

    private HttpClient NewClient()
    {
        var connection = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !server.IsLoopback,
        };
        return new HttpClient(connection) { Timeout = Timeout, MaxResponseContentBufferSize = LargestReplyInBytes };
    }

    /// <summary>Raw, not percent-encoded: only the original's log-in encodes the two parts.</summary>
    private static AuthenticationHeaderValue Basic(Credentials credentials) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credentials.Email}:{credentials.Key}")));

    private void RefuseOpenNetwork()
    {
        if (server.IsPrivate || surroundings.NonEmpty("GATEHOUSE_ALLOW_HTTP") == "1")
            return;

        throw new Failure(
            ExitCode.Network,
            $"{server} is plain http: passwords and keys would cross the network for all to read.",
            "Use its https address, or set GATEHOUSE_ALLOW_HTTP=1 where the network itself is private.");
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - TimeProvider.System.GetUtcNow(),
        _ => null,
    };

    private Failure Unreachable(HttpRequestException reason)
    {
        var why = reason.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => "its name is not known",
            HttpRequestError.ConnectionError => "nothing answers there",
            HttpRequestError.SecureConnectionError => "no secure connection comes about",
            _ => "the connection broke",
        };
        var hint = server.IsLoopback ? "Is it running? `./gatehouse serve` starts a server on this machine." : null;
        return new Failure(ExitCode.Network, $"{server} cannot be reached: {why} ({reason.Message}).", hint);
    }
}
