using System.Text.RegularExpressions;

namespace Gatehouse.EndToEnd.Tests.Harness;

/// <summary>
/// npm's oidc-provider on a free loopback port: an OpenID provider that is not ours. Whoever types a name into its page
/// is <c>name@example.com</c>.
/// </summary>
public sealed partial class OpenIdServer : IAsyncDisposable
{
    private const string ClientId = "gatehouse";
    private const string ClientSecret = "a secret of the tests, with / and +";

    private readonly TemporaryFolder folder;
    private readonly ChildProcess process;
    private readonly string issuer;

    private OpenIdServer(TemporaryFolder folder, ChildProcess process, string issuer) =>
        (this.folder, this.process, this.issuer) = (folder, process, issuer);

    /// <summary>What a server needs to log people in here.</summary>
    public (string Name, string Value)[] Settings =>
        [("Google:ClientId", ClientId), ("Google:ClientSecret", ClientSecret), ("Google:Authority", issuer)];

    /// <summary>Starts one; it listens when this returns.</summary>
    public static async Task<OpenIdServer> Start()
    {
        var package = Component.OpenId.Need();
        var folder = new TemporaryFolder();
        var script = Path.Combine(AppContext.BaseDirectory, "Harness", "openid_provider.mjs");
        var process = ChildProcess.Start(
            Component.Node.Need(), [script, package, ClientId, ClientSecret], folder.Path);
        var issuer = await Eventually.Get(
            () => process.HasExited
                ? throw new InvalidOperationException($"The OpenID provider did not start:\n{process.Output}")
                : ReadyLine().Match(process.Stdout) is { Success: true } ready ? ready.Groups["url"].Value : null,
            () => $"The OpenID provider is not ready:\n{process.Output}");
        return new OpenIdServer(folder, process, issuer);
    }

    /// <summary>On the provider's pages: types a name, and agrees to tell it.</summary>
    public static async Task Agree(Visit visit, string name)
    {
        await visit.Page.Locator("input[name=login]").FillAsync(name);
        await visit.Page.Locator("input[name=password]").FillAsync("anything");
        await visit.Page.Locator("button[type=submit]").ClickAsync();
        // Asked once for each name: whoever agreed before is led back at once.
        var agree = visit.Page.Locator("form[action*='/interaction/'] button[type=submit]");
        var back = visit.Page.Locator(".wordmark");
        await agree.Or(back).First.WaitForAsync();
        if (await back.CountAsync() == 0)
            await agree.ClickAsync();
        await back.WaitForAsync();
    }

    /// <summary>On the provider's page: says no.</summary>
    public static Task Deny(Visit visit) => visit.Page.GetByText("Cancel").ClickAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        folder.Dispose();
    }

    [GeneratedRegex(@"^Provider is ready at (?<url>\S+)$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ReadyLine();
}
