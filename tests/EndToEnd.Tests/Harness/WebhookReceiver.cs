using System.Text.Json;
using System.Text.RegularExpressions;

namespace Gatehouse.EndToEnd.Tests.Harness;

/// <summary>A platform that hears of everything, and believes only what npm's standardwebhooks can verify.</summary>
public sealed partial class WebhookReceiver : IAsyncDisposable
{
    private readonly TemporaryFolder folder;
    private readonly ChildProcess process;
    private readonly string url;

    private WebhookReceiver(TemporaryFolder folder, ChildProcess process, string url) =>
        (this.folder, this.process, this.url) = (folder, process, url);

    /// <summary>What a server needs to reach it.</summary>
    public static (string Name, string Value) Allowed => ("Webhooks:AllowedNetworks", "127.0.0.0/8");

    /// <summary>The ids of all messages that were verified, in the order in which they came.</summary>
    public IReadOnlyList<string> Good => [.. Line().Matches(process.Stdout).Select(line => line.Groups["id"].Value)];

    /// <summary>What was not.</summary>
    public IEnumerable<string> Bad =>
        process.Stdout.Split('\n').Where(line => line.StartsWith("bad ", StringComparison.Ordinal));

    /// <summary>Starts one; it listens when this returns.</summary>
    public static async Task<WebhookReceiver> Start(int millisecondsBeforeAnswer)
    {
        var package = Component.Webhooks.Need();
        var folder = new TemporaryFolder();
        var script = Path.Combine(AppContext.BaseDirectory, "Harness", "webhook_receiver.mjs");
        var process = ChildProcess.StartAnswering(
            Component.Node.Need(), [script, package, $"{millisecondsBeforeAnswer}"], folder.Path);
        var url = await Eventually.Get(
            () => process.HasExited
                ? throw new InvalidOperationException($"The receiver did not start:\n{process.Output}")
                : ReadyLine().Match(process.Stdout) is { Success: true } ready ? ready.Groups["url"].Value : null,
            () => $"The receiver is not ready:\n{process.Output}");
        return new WebhookReceiver(folder, process, url);
    }

    /// <summary>Makes a server tell it everything.</summary>
    public async Task Listen(Installation installation)
    {
        var added = await installation.Run("admin", "webhook:add", url);
        await process.Type(JsonElement.Parse(added.Stdout).GetProperty("secret").GetString()!);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        folder.Dispose();
    }

    [GeneratedRegex("^good (?<id>msg_[0-9a-f]{32}) ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Line();

    [GeneratedRegex(@"^Receiver is ready at (?<url>\S+)$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReadyLine();
}
