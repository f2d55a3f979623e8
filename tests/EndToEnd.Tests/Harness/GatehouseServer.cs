using System.Text.RegularExpressions;

namespace Gatehouse.EndToEnd.Tests.Harness;

/// <summary>
/// The published server, ready, on a port that the system chose. <see cref="StartAnother"/> starts it again on the same
/// data: after a kill, or beside this one as a second node.
/// </summary>
public sealed partial class GatehouseServer : IAsyncDisposable
{
    private readonly Installation installation;
    private readonly ChildProcess process;
    private bool ownsInstallation;

    private GatehouseServer(Installation installation, ChildProcess process, Uri url)
    {
        (this.installation, this.process, Url) = (installation, process, url);
        Http = new HttpClient(new Explained(process)) { BaseAddress = url };
    }

    /// <summary>The address that its ready line named.</summary>
    public Uri Url { get; }

    /// <summary>A client of this server that follows no redirect and keeps no cookie.</summary>
    public HttpClient Http { get; }

    /// <summary>What the server sent, where mail is kept locally (the default).</summary>
    public Mailbox Mailbox => installation.Mailbox;

    /// <summary>Its data directory.</summary>
    public string DataDirectory => installation.DataDirectory;

    /// <summary>How long it kept processors busy, whatever else the machine does.</summary>
    public TimeSpan ProcessorTime => process.ProcessorTime;

    /// <summary>All it wrote to standard output: the ready line.</summary>
    public string Stdout => process.Stdout;

    /// <summary>All it wrote to standard error: the banner and the log.</summary>
    public string Stderr => process.Stderr;

    /// <summary>All it wrote to standard output and standard error.</summary>
    public string Output => process.Output;

    /// <summary>Starts one in a folder of its own: <see cref="Installation.Create"/> says how.</summary>
    public static async Task<GatehouseServer> Start(
        string database = "sqlite", params (string Name, string Value)[] settings)
    {
        var installation = await Installation.Create(database, settings);
        var server = await installation.Start();
        server.ownsInstallation = true;
        return server;
    }

    /// <summary>Starts one more on the same data and settings. Dispose it before this one.</summary>
    public Task<GatehouseServer> StartAnother() => installation.Start();

    /// <summary>Runs an operator's verb of the binary (<c>admin</c>, <c>migrate</c>, …) on the same data.</summary>
    public Task<Outcome> Operate(params string[] arguments) => installation.Run(arguments);

    /// <summary>Sends a signal, such as TERM or INT, and does not wait for its effect.</summary>
    public Task Signal(string name) => process.Signal(name);

    /// <summary>Waits for its end and gives its exit code.</summary>
    public Task<int> Exit() => process.Exit();

    /// <summary>Asks it to stop (SIGTERM) and gives its exit code.</summary>
    public async Task<int> Stop()
    {
        await Signal("TERM");
        return await Exit();
    }

    /// <summary>Takes it away in the middle of whatever it does (SIGKILL).</summary>
    public Task Kill() => process.Kill();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await process.DisposeAsync();
        if (ownsInstallation)
            installation.Dispose();
    }

    /// <summary>Waits until a server that was launched is ready.</summary>
    internal static async Task<GatehouseServer> WaitFor(ChildProcess process, Installation installation)
    {
        try
        {
            var url = await Eventually.Get(
                () => process.HasExited
                    ? throw new InvalidOperationException($"The server did not start:\n{process.Output}")
                    : ReadyLine().Match(process.Stdout) is { Success: true } ready ? ready.Groups["url"].Value : null,
                () => $"The server is not ready:\n{process.Output}");
            return new GatehouseServer(installation, process, new Uri(url));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where a server does not answer, what it had to say before is the best hint.</summary>
    private sealed class Explained(ChildProcess process) : DelegatingHandler(
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (HttpRequestException silent)
            {
                var state = process.HasExited ? "The server has ended" : "The server runs but does not answer";
                throw new HttpRequestException($"{state}. It said:\n{process.Output}", silent);
            }
        }
    }

    [GeneratedRegex(@"^Gatehouse is ready at (?<url>\S+)$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReadyLine();
}
