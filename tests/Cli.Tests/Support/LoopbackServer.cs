using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Gatehouse.Cli.Tests.Support;

/// <summary>What a client sent.</summary>
public sealed record Request(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>Method and target: <c>POST /api/login</c>.</summary>
    public string Line => $"{Method} {Target}";

    /// <summary>A field of the JSON body; null when it is missing.</summary>
    public string? Field(string name)
    {
        using var body = JsonDocument.Parse(Body);
        return body.RootElement.TryGetProperty(name, out var value) ? value.ToString() : null;
    }

    /// <summary>A header; null when it is missing.</summary>
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>What it gets back.</summary>
public sealed record Reply(int Status, string Body, params (string Name, string Value)[] Headers)
{
    /// <summary>What was asked for.</summary>
    public static Reply Data(string data, int status = 200) => new(status, $$"""{"data":{{data}}}""");

    /// <summary>What stands against it; the empty field holds whole sentences.</summary>
    public static Reply Refusal(int status, string field, string text) =>
        new(status, $$$"""{"errors":{"{{{field}}}":["{{{text}}}"]}}""");
}

/// <summary>A real HTTP server on this machine that answers as a test says and remembers what it was asked.</summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Any, 0);
    private readonly Func<Request, Reply> answer;
    private readonly Task serving;
    private readonly CancellationToken cancelled = TestContext.Current.CancellationToken;

    public LoopbackServer(Func<Request, Reply> answer)
    {
        this.answer = answer;
        listener.Start();
        serving = Serve();
    }

    /// <summary>Answers everything with the same data.</summary>
    public static LoopbackServer Always(string data) => new(_ => new Reply(200, $$"""{"data":{{data}}}"""));

    /// <summary>Its address under another of the names that lead to this machine: <c>127.0.0.2</c>.</summary>
    public string AddressOf(string host) => $"http://{host}:{Port}";

    /// <summary>Everything it was asked, in order.</summary>
    public ConcurrentQueue<Request> Requests { get; } = [];

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string Address => AddressOf("127.0.0.1");

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
    }

    private async Task Serve()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(Converse(await listener.AcceptTcpClientAsync(cancelled)));
        }
        catch (Exception stopped) when (stopped is SocketException or InvalidOperationException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task Converse(TcpClient client)
    {
        using var connection = client;
        await using var stream = client.GetStream();
        try
        {
            if (await Read(stream) is not { } request)
                return;

            Requests.Enqueue(request);
            var reply = answer(request);
            var body = Encoding.UTF8.GetBytes(reply.Body);
            var headers = string.Concat(reply.Headers.Select(header => $"{header.Name}: {header.Value}\r\n"));
            var head =
                $"HTTP/1.1 {reply.Status} -\r\nContent-Length: {body.Length}\r\nConnection: close\r\n{headers}\r\n";
            await stream.WriteAsync(Encoding.UTF8.GetBytes(head), cancelled);
            await stream.WriteAsync(body, cancelled);
        }
        catch (IOException)
        {
            // The client was killed: some tests do that.
        }
    }

    private async Task<Request?> Read(NetworkStream stream)
    {
        var head = new List<byte>();
        while (!Encoding.ASCII.GetString([.. head.TakeLast(4)]).Equals("\r\n\r\n", StringComparison.Ordinal))
        {
            var next = new byte[1];
            if (await stream.ReadAsync(next, cancelled) == 0)
                return null;
            head.Add(next[0]);
        }

        var lines = Encoding.UTF8.GetString([.. head]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var length = int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture);
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, cancelled);
        var words = lines[0].Split(' ');
        return new Request(words[0], words[1], headers, Encoding.UTF8.GetString(body));
    }
}
