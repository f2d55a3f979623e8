using System.Text.RegularExpressions;

namespace Gatehouse.EndToEnd.Tests.Harness;

/// <summary>
/// The published server in a folder of its own, on a port that the system chose. <see cref="StartAnother"/> starts it
/// again on the same data: after a kill, or beside this one as a second node.
/// </summary>
public sealed partial class GatehouseServer : IAsyncDisposable
{
    private readonly TemporaryFolder folder;
    private readonly bool ownsFolder;
    private readonly Dictionary<string, string?> environment;
    private readonly ChildProcess process;

    private GatehouseServer(
        TemporaryFolder folder,
        bool ownsFolder,
        Dictionary<string, string?> environment,
        ChildProcess process,
        Uri url)
    {
        (this.folder, this.ownsFolder, this.environment, this.process) = (folder, ownsFolder, environment, process);
        Url = url;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = url,
        };
        Mailbox = new Mailbox(folder["data", "mail"]);
    }

    /// <summary>The address that its ready line named.</summary>
    public Uri Url { get; }

    /// <summary>A client of this server that follows no redirect and keeps no cookie.</summary>
    public HttpClient Http { get; }

    /// <summary>What the server sent, where mail is kept locally (the default).</summary>
    public Mailbox Mailbox { get; }

    /// <summary>Its data directory.</summary>
    public string DataDirectory => folder["data"];

    /// <summary>All it wrote to standard output and standard error.</summary>
    public string Output => process.Output;

    /// <summary>
    /// Starts it on <c>"sqlite"</c> or <c>"postgres"</c>. Settings are named as in the documentation
    /// (<c>Mail:Smtp</c>); names that start with <c>$</c> are environment variables as they are.
    /// </summary>
    public static async Task<GatehouseServer> Start(
        string database = "sqlite", params (string Name, string Value)[] settings)
    {
        var environment = settings.ToDictionary(
            setting => setting.Name.StartsWith('$') ? setting.Name[1..] : Variable(setting.Name),
            string? (setting) => setting.Value,
            StringComparer.Ordinal);
        environment.TryAdd("DOTNET_ENVIRONMENT", "Development");
        if (database == "postgres")
            environment[Variable("Database")] = await (await TestRun.Postgres).CreateDatabase();
        return await Launch(new TemporaryFolder(), ownsFolder: true, environment);
    }

    /// <summary>Starts one more on the same data and settings. Dispose it before this one.</summary>
    public Task<GatehouseServer> StartAnother() => Launch(folder, ownsFolder: false, environment);

    /// <summary>Runs an operator's verb of the binary (<c>admin</c>, <c>migrate</c>, …) on the same data.</summary>
    public async Task<Outcome> Operate(params string[] arguments) =>
        await ChildProcess.Run(await Published.Server(), arguments, folder.Path, environment);

    /// <summary>Asks it to stop (SIGTERM) and gives its exit code.</summary>
    public async Task<int> Stop()
    {
        await process.Signal("TERM");
        return await process.Exit();
    }

    /// <summary>Takes it away in the middle of whatever it does (SIGKILL).</summary>
    public Task Kill() => process.Kill();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await process.DisposeAsync();
        if (ownsFolder)
            folder.Dispose();
    }

    private static async Task<GatehouseServer> Launch(
        TemporaryFolder folder, bool ownsFolder, Dictionary<string, string?> environment)
    {
        var process = ChildProcess.Start(
            await Published.Server(), ["serve", "--urls", "http://127.0.0.1:0"], folder.Path, environment);
        try
        {
            var url = await Eventually.Get(
                () => process.HasExited
                    ? throw new InvalidOperationException($"The server did not start:\n{process.Output}")
                    : ReadyLine().Match(process.Stdout) is { Success: true } ready ? ready.Groups["url"].Value : null,
                () => $"The server is not ready:\n{process.Output}");
            return new GatehouseServer(folder, ownsFolder, environment, process, new Uri(url));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    private static string Variable(string setting) =>
        "Gatehouse__" + setting.Replace(":", "__", StringComparison.Ordinal);

    [GeneratedRegex(@"^Gatehouse is ready at (?<url>\S+)$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReadyLine();
}
