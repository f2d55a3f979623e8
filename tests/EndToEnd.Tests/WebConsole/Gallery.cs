using System.Text.Json;
using Gatehouse.EndToEnd.Tests.Harness;
using Microsoft.Playwright;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.WebConsole;

/// <summary>
/// Looks at a page as three people would: on a wide screen, in the dark, and on a phone. The pictures are kept in the
/// results of the run; axe-core judges the page in both schemes, and nothing of it may stick out of a phone.
/// </summary>
internal static class Gallery
{
    private const int Wide = 1280;
    private const int Phone = 390;
    private const int Height = 900;
    private const int Tallest = 4000;

    // What a machine can judge of WCAG 2.2 AA, and axe-core's own good practice.
    private const string Rules = "['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice']";

    private const string JudgeAll = $"() => axe.run(document, {{ runOnly: {Rules}, resultTypes: ['violations'] }})";

    private const string JudgeColours =
        "() => axe.run(document, { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } })";

    private const string JudgeTouch = "() => axe.run(document, { runOnly: { type: 'rule', values: ['target-size'] } })";

    private static readonly Lazy<string> Axe = new(
        () => File.ReadAllText(Path.Combine(Component.Axe.Need(), "axe.min.js")));

    /// <summary>Where the pictures are.</summary>
    public static string Folder { get; } = Directory.CreateDirectory(
        Environment.GetEnvironmentVariable("GATEHOUSE_PICTURES") is { Length: > 0 } given
            ? given
            : Path.Combine(AppContext.BaseDirectory, "pictures")).FullName;

    /// <summary>Looks at what the page shows now.</summary>
    public static async Task Look(IPage page, string name)
    {
        await page.WaitForLoadStateAsync(LoadState.Load);
        await page.EvaluateAsync(Axe.Value);
        Clean(name, await page.EvaluateAsync<JsonElement>(JudgeAll));
        await Keep(page, $"{name}.light");
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        Clean(name, await page.EvaluateAsync<JsonElement>(JudgeColours));
        await Keep(page, $"{name}.dark");
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
        await page.SetViewportSizeAsync(Phone, Height);
        var width = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
        Clean(name, await page.EvaluateAsync<JsonElement>(JudgeTouch));
        await Keep(page, $"{name}.phone");
        await page.SetViewportSizeAsync(Wide, Height);
        Assert.True(width <= Phone, $"{name} is {width} wide on a phone of {Phone}");
    }

    /// <summary>One picture as it is.</summary>
    public static async Task Keep(IPage page, string name)
    {
        var height = await page.EvaluateAsync<int>("() => document.documentElement.scrollHeight");
        await page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(Folder, $"{name}.jpeg"),
            Type = ScreenshotType.Jpeg,
            Quality = 70,
            FullPage = height < Tallest,
        });
    }

    /// <summary>The picture of the README, made anew with GATEHOUSE_UPDATE_GOLDEN=1.</summary>
    public static async Task KeepForReadme(IPage page)
    {
        if (Environment.GetEnvironmentVariable("GATEHOUSE_UPDATE_GOLDEN") != "1") return;
        await page.ScreenshotAsync(new PageScreenshotOptions
        {
            Path = Path.Combine(Published.Repository, "docs", "console.png"),
        });
    }

    private static void Clean(string name, JsonElement verdict)
    {
        var violations = verdict.GetProperty("violations").EnumerateArray().Select(violation =>
            $"{violation.GetProperty("id")}: {violation.GetProperty("help")}\n" + string.Join('\n', violation
                .GetProperty("nodes").EnumerateArray()
                .Select(node => $"    {node.GetProperty("html")}\n    {node.GetProperty("failureSummary")}")));
        Assert.True(!violations.Any(), $"{name} has violations\n{string.Join('\n', violations)}");
    }
}
