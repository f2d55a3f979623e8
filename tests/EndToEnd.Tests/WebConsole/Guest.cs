using Gatehouse.EndToEnd.Tests.Harness;
using Microsoft.Playwright;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.WebConsole;

/// <summary>Somebody at the console with a browser: reads, types, presses, and looks closely at each page.</summary>
internal sealed class Guest : IAsyncDisposable
{
    private readonly GatehouseServer server;
    private readonly Visit visit;

    private Guest(GatehouseServer server, Visit visit) => (this.server, this.visit) = (server, visit);

    /// <summary>The page.</summary>
    public IPage Page => visit.Page;

    /// <summary>Where the page is, without the address of the server.</summary>
    public string Path => new Uri(Page.Url).PathAndQuery;

    /// <summary>
    /// What the browser complained of; that the page itself was a refusal is no complaint.
    /// </summary>
    public IEnumerable<string> Complaints =>
        visit.Complaints.Where(text => !text.StartsWith("Failed to load resource", StringComparison.Ordinal));

    /// <summary>Comes to a page of the shared server, or of one that the test started.</summary>
    public static async Task<Guest> Arrive(string path = "/", GatehouseServer? of = null)
    {
        var browser = await TestRun.Browser;
        var server = of ?? await TestRun.Server();
        var visit = await browser.Open(new Uri(server.Url, path), new BrowserNewContextOptions
        {
            Locale = "en-US",
            ViewportSize = new ViewportSize { Width = 1280, Height = 900 },
            AcceptDownloads = true,
        });
        visit.Page.SetDefaultTimeout((float)Eventually.Patience.TotalMilliseconds);
        return new Guest(server, visit);
    }

    /// <summary>Somebody with an account, logged in.</summary>
    public static async Task<Guest> ArriveAs(Person person, GatehouseServer? of = null)
    {
        var guest = await Arrive("/login", of);
        await person.SignUp(guest.server);
        await guest.LogIn(person, person.Password);
        await guest.Is("/account");
        return guest;
    }

    /// <summary>Fills the login in and sends it.</summary>
    public async Task LogIn(Person person, string password)
    {
        await Type("Address or user name", person.Email);
        await Type("Password", password);
        await Press("Log in");
    }

    /// <summary>Goes to an address.</summary>
    public Task Go(string path) => Page.GotoAsync(new Uri(server.Url, path).ToString());

    /// <summary>Opens the newest mail to an address and follows the link in it that leads to a page of ours.</summary>
    public async Task FollowMail(string address, string about, string path)
    {
        var mail = await server.Mailbox.Next(address, about);
        var beginning = $"{server.Url}{path}?";
        var link = mail.TextBody!.Split('\n').Single(line => line.StartsWith(beginning, StringComparison.Ordinal));
        await Page.GotoAsync(link.Trim());
    }

    /// <summary>Types into the input with that label.</summary>
    public Task Type(string label, string text) => Page
        .GetByLabel(label, new PageGetByLabelOptions { Exact = true }).FillAsync(text);

    /// <summary>Chooses from the list with that label.</summary>
    public Task Choose(string label, string value) => Page
        .GetByLabel(label, new PageGetByLabelOptions { Exact = true }).SelectOptionAsync(value);

    /// <summary>Ticks what has that label.</summary>
    public Task Tick(string label) => Page.GetByLabel(label).CheckAsync();

    /// <summary>Presses a button of the page itself.</summary>
    public Task Press(string name) => Press(Page.Locator("main"), name);

    /// <summary>Presses a button of a part of the page.</summary>
    public static Task Press(ILocator part, string name) => part
        .GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = name, Exact = true }).ClickAsync();

    /// <summary>Logs out with the button above every page.</summary>
    public Task LogOut() => Press(Page.Locator("header"), "Log out");

    /// <summary>Follows a link.</summary>
    public Task Follow(string name) => Page.Locator("main")
        .GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = name, Exact = true }).First.ClickAsync();

    /// <summary>Unfolds what has that heading.</summary>
    public Task Unfold(string summary) => Page.Locator("summary").GetByText(summary).First.ClickAsync();

    /// <summary>Waits until the page says something.</summary>
    public Task Sees(string text) => Page.GetByText(text).First.WaitForAsync();

    /// <summary>Waits until the page has that address.</summary>
    public Task Is(string path) => Page.WaitForURLAsync(new Uri(server.Url, path).ToString());

    /// <summary>What stands in the first element of a kind.</summary>
    public Task<string> Read(string selector) => Page.Locator(selector).First.InnerTextAsync();

    /// <summary>Looks closely: <see cref="Gallery.Look"/>.</summary>
    public Task Look(string name) => Gallery.Look(Page, name);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        var complaints = Complaints.ToList();
        await visit.DisposeAsync();
        Assert.Empty(complaints);
    }
}
