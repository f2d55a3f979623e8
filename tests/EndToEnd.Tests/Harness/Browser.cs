using Microsoft.Playwright;

namespace Gatehouse.EndToEnd.Tests.Harness;

/// <summary>
/// The system's Chromium, driven by Playwright, whose driver is part of its package: nothing is downloaded. Most tests
/// share one: <see cref="TestRun.Browser"/>.
/// </summary>
public sealed class Browser : IAsyncDisposable
{
    private static readonly string[] Quiet =
    [
        "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private readonly IPlaywright playwright;
    private readonly IBrowser browser;

    private Browser(IPlaywright playwright, IBrowser browser) =>
        (this.playwright, this.browser) = (playwright, browser);

    /// <summary>
    /// Starts one. Root has no sandbox to put a browser in, nor has everybody in a container; it only ever shows our
    /// own pages.
    /// </summary>
    public static async Task<Browser> Start()
    {
        var playwright = await Playwright.CreateAsync();
        try
        {
            return new Browser(playwright, await Launch(playwright, sandbox: !Environment.IsPrivilegedProcess));
        }
        catch (PlaywrightException failure) when (failure.Message.Contains("sandbox", StringComparison.Ordinal))
        {
            return new Browser(playwright, await Launch(playwright, sandbox: false));
        }
    }

    /// <summary>
    /// Opens a page in a fresh profile. Whatever goes wrong in it is in <see cref="Visit.Complaints"/>.
    /// </summary>
    public async Task<Visit> Open(Uri address, BrowserNewContextOptions? options = null)
    {
        var context = await browser.NewContextAsync(options ?? new BrowserNewContextOptions { Locale = "en-US" });
        var visit = new Visit(context, await context.NewPageAsync());
        await visit.Page.GotoAsync(address.ToString());
        return visit;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await browser.CloseAsync();
        playwright.Dispose();
    }

    private static Task<IBrowser> Launch(IPlaywright playwright, bool sandbox) =>
        playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Component.Chromium.Need(),
            Headless = true,
            Args = Quiet,
            ChromiumSandbox = sandbox,
        });
}

/// <summary>A page of a profile of its own.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<(string Text, string Place)> complaints = [];

    internal Visit(IBrowserContext context, IPage page)
    {
        (this.context, Page) = (context, page);
        page.PageError += (_, error) => complaints.Add((error, page.Url));
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                complaints.Add((message.Text, message.Location));
        };
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>Errors of scripts and what the browser complained of, such as a violated content policy.</summary>
    public IReadOnlyList<string> Complaints => [.. complaints.Select(complaint => complaint.Text)];

    /// <summary>The same about one site, where the visit leads over pages of others.</summary>
    public IReadOnlyList<string> ComplaintsAbout(Uri site) =>
    [
        .. complaints
            .Where(complaint => complaint.Place.StartsWith(site.ToString(), StringComparison.Ordinal))
            .Select(complaint => complaint.Text),
    ];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await context.CloseAsync();
}
