using Gatehouse.EndToEnd.Tests.Harness;
using Microsoft.Playwright;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.WebConsole;

/// <summary>The pages that anybody sees: everybody can use them, without a mouse too; and what they weigh.</summary>
public sealed class PublicPageTests
{
    private const int MostBytes = 60_000;

    [Fact]
    public async Task Every_public_page_can_be_used_by_everybody()
    {
        var person = new Person();
        await person.Begin(await TestRun.Server());
        await using var guest = await Guest.Arrive();
        foreach (var (name, path) in ((string, string)[])[
            ("docs-account", "/docs/account"), ("docs-cli", "/docs/cli"), ("docs-prices", "/docs/tiers-pricing"),
            ("docs-api", "/docs/api"), ("docs-api-gigalixir", "/docs/api/gigalixir"),
            ("docs-api-temporal", "/docs/api/temporal?lang=python"), ("terms", "/terms"), ("privacy", "/privacy"),
            ("mailbox", "/dev/mail"), ("nothing", "/nothing"), ("link-dead", "/confirm?token=x"),
            ("undo-dead", "/account/undo?token=x"), ("logout", "/logout"), ("login", "/login")])
        {
            await guest.Go(path);
            await guest.Look(name);
        }

        await guest.Go("/docs/cli");
        await guest.Unfold("account:mfa:activate");
        await guest.Look("docs-cli-unfolded");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/login")]
    [InlineData("/signup")]
    public async Task First_page_weighs_little_with_all_that_it_brings(string path)
    {
        await using var guest = await Guest.Arrive("/readyz");
        var answers = new List<IResponse>();
        guest.Page.Response += (_, response) => answers.Add(response);
        await guest.Go(path);
        await guest.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var sizes = await Task.WhenAll(answers.Select(answer => answer.Request.SizesAsync()));
        var bytes = sizes.Sum(size => size.ResponseBodySize + size.ResponseHeadersSize);
        Figures.Note($"Weight of {path}", $"{bytes} bytes in {answers.Count} answers");
        Assert.InRange(bytes, 1, MostBytes - 1);
        var ours = new Uri(guest.Page.Url).GetLeftPart(UriPartial.Authority);
        Assert.All(answers, answer => Assert.StartsWith(ours, answer.Url, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Log_in_and_a_form_work_without_a_mouse_and_the_focus_is_always_seen()
    {
        var person = new Person();
        await person.SignUp(await TestRun.Server());
        await using var guest = await Guest.Arrive("/login");
        await Tab(guest, "Skip to the content");
        await guest.Page.Keyboard.PressAsync("Enter");
        await Tab(guest, "name");
        await guest.Page.Keyboard.TypeAsync(person.Email);
        await Tab(guest, "password");
        await guest.Page.Keyboard.TypeAsync(person.Password);
        await Tab(guest, "remember");
        await guest.Page.Keyboard.PressAsync("Space");
        await Tab(guest, "Log in");
        await guest.Page.Keyboard.PressAsync("Enter");
        await guest.Is("/account");

        while (await Tab(guest) != "API keys") Assert.NotEqual("Terms", await Focused(guest));
        await guest.Page.Keyboard.PressAsync("Enter");
        await guest.Is("/account/keys");
        while (await Tab(guest) != "Create a key") Assert.NotEqual("Terms", await Focused(guest));
        await guest.Page.Keyboard.PressAsync("Enter");
        await guest.Is("/account/keys/new");
        while (await Tab(guest) != "name") Assert.NotEqual("Terms", await Focused(guest));
        await guest.Page.Keyboard.TypeAsync("typed-only");
        await guest.Page.Keyboard.PressAsync("Tab");
        await guest.Page.Keyboard.PressAsync("Space");
        while (await Tab(guest) != "Create the key") Assert.NotEqual("Terms", await Focused(guest));
        await guest.Page.Keyboard.PressAsync("Enter");
        await guest.Sees("Your new key");
    }

    private static async Task Tab(Guest guest, string expected) => Assert.Equal(expected, await Tab(guest));

    /// <summary>Goes one on, and makes sure that it is seen where that is.</summary>
    private static async Task<string> Tab(Guest guest)
    {
        await guest.Page.Keyboard.PressAsync("Tab");
        var name = await Focused(guest);
        var outline = await guest.Page.EvaluateAsync<double>("""
            () => {
              const style = getComputedStyle(document.activeElement);
              return style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth);
            }
            """);
        Assert.True(outline >= 2, $"The focus on {name} is not seen");
        return name;
    }

    /// <summary>The name of an input, the text of anything else.</summary>
    private static Task<string> Focused(Guest guest) => guest.Page.EvaluateAsync<string>(
        "() => document.activeElement.name || document.activeElement.textContent.trim()");
}
