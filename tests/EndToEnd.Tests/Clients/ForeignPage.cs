using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Gatehouse.EndToEnd.Tests.Clients;

/// <summary>A web page on another port, which to a browser is another origin. It has nothing but a script.</summary>
public sealed class ForeignPage : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly string page;
    private readonly Task serving;

    private ForeignPage(string script)
    {
        page = $"<!doctype html><meta charset=utf-8><link rel=icon href=data:,><script>{script}</script>";
        listener.Start();
        serving = Serve();
    }

    /// <summary>Where it is.</summary>
    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");

    /// <summary>The page with the script of that name beside this file.</summary>
    public static ForeignPage With(string script) =>
        new(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Clients", script)));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Dispose();
        await serving;
        end.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(end.Token);
                await Answer(client.GetStream());
            }
        }
        catch (Exception over) when (over is OperationCanceledException or IOException)
        {
            // The test is over.
        }
    }

    private async Task Answer(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        while (await reader.ReadLineAsync(end.Token) is { Length: > 0 })
        {
            // Whatever is asked, the answer is the page.
        }

        var body = Encoding.UTF8.GetBytes(page);
        var head = $"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {body.Length}\r\nConnection: close";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head + "\r\n\r\n"), end.Token);
        await stream.WriteAsync(body, end.Token);
    }
}
