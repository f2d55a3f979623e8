using Gatehouse.Tests.Harness;
using Xunit;

namespace Gatehouse.Tests.WebConsole;

/// <summary>A terminal that waits for a browser.</summary>
/// <param name="Path">Of the page that it prints.</param>
/// <param name="Session">What it asks with.</param>
/// <param name="PairingCode">What it shows.</param>
/// <param name="Uuid">Of its sign-up; empty for a login.</param>
internal sealed record WaitingTerminal(string Path, string Session, string PairingCode, string Uuid = "");

/// <summary>Logging in with Google, step by step, as a terminal and a browser do.</summary>
internal static class GoogleSteps
{
    /// <summary>The terminal begins, to log in or to sign up.</summary>
    public static async Task<WaitingTerminal> StartTerminal(
        this TestServer server, bool signUp = false, string? from = null)
    {
        var answer = signUp
            ? await server.Call("POST /api/signup", new { oauth = "google", device = "lab-machine" }, from: from)
            : await server.Call("POST /api/oauth/google", new { device = "lab-machine" }, from: from);
        Assert.True(answer.Status == (signUp ? 200 : 201), answer.ToString());
        var url = answer.Data("url");
        Assert.StartsWith($"{TestServer.PublicUrl}/oauth/google?session=", url, StringComparison.Ordinal);
        return new WaitingTerminal(
            new Uri(url).PathAndQuery,
            answer.Data("session"),
            answer.Data("pairing_code"),
            signUp ? answer.Data("uuid") : "");
    }

    /// <summary>The terminal asks how far the browser is.</summary>
    public static Task<Answer> Poll(this TestServer server, WaitingTerminal terminal) =>
        server.Call($"GET /api/oauth/google/{terminal.Session}");

    /// <summary>Where the provider is, as a page leads there.</summary>
    public static string AddressIn(Answer leaving)
    {
        if (leaving.Headers.TryGetValue("Location", out var location)) return location;
        Assert.True(leaving.Headers.ContainsKey("Refresh"), leaving.ToString());
        return leaving.Headers["Refresh"]["0; url=".Length..];
    }

    /// <summary>The browser opens the terminal's address and goes to the provider, which is named.</summary>
    public static async Task<string> Leave(this Visitor browser, WaitingTerminal terminal) =>
        AddressIn(await browser.Open(terminal.Path));

    /// <summary>The browser presses the button of a page of ours.</summary>
    public static async Task<string> Leave(this Visitor browser, string page) =>
        AddressIn(await browser.SendTo("/oauth/google", await browser.Open(page)));

    /// <summary>There and back, and what our server says then.</summary>
    public static async Task<Answer> Visit(
        this Visitor browser, FakeProvider provider, WaitingTerminal terminal, ProviderUser user) =>
        await browser.Open(provider.Agree(await browser.Leave(terminal), user));

    /// <summary>There and back from the button of a page.</summary>
    public static async Task<Answer> Visit(
        this Visitor browser, FakeProvider provider, string page, ProviderUser user) =>
        await browser.Open(provider.Agree(await browser.Leave(page), user));

    /// <summary>A page that another one led to, and its form.</summary>
    public static async Task<Answer> GoOn(
        this Visitor browser, Answer led, string path, params IEnumerable<(string Name, string Value)> typed)
    {
        Assert.True(led.Status == 303 && led.Headers["Location"] == path, led.ToString());
        return await browser.SendTo(path, await browser.Open(path), typed);
    }

    /// <summary>Presses the button that hands over, and nothing else.</summary>
    public static async Task<Answer> HandOver(this Visitor browser, Answer led)
    {
        Assert.True(led.Status == 303 && led.Headers["Location"] == "/oauth/confirm", led.ToString());
        var page = await browser.Open("/oauth/confirm");
        return await browser.Post("/oauth/confirm", FormNamed(page, "hand-over"));
    }

    /// <summary>A whole sign-up from a terminal; the customer has no password.</summary>
    public static async Task<Customer> SignUpWithGoogle(
        this TestServer server, FakeProvider provider, ProviderUser user)
    {
        var (terminal, browser) = (await server.StartTerminal(signUp: true), new Visitor(server));
        var done = await browser.HandOver(await browser.Visit(provider, terminal, user));
        Assert.True(done.Status == 200, done.ToString());
        Assert.Equal(200, (await server.Poll(terminal)).Status);
        var made = await server.Step(new { uuid = terminal.Uuid, tier = "FREE" });
        return new Customer(user.Email, "", made.Data("key"), made.Data("user_name"));
    }

    /// <summary>The hidden fields of one of several forms that lead to the same address.</summary>
    public static IEnumerable<(string Name, string Value)> FormNamed(Answer page, string handler)
    {
        var fields = Visitor.HiddenOf(page, $"value=\"{handler}\"");
        Assert.NotEmpty(fields);
        return fields;
    }
}
