using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.HarnessTests;

public sealed class BrowserTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task A_page_is_rendered_and_its_scripts_run()
    {
        await using var visit = await Open("<h1>Gate</h1><script>document.title = 6 * 7</script>");

        Assert.Equal("42", await visit.Page.TitleAsync());
        Assert.True((await visit.Page.Locator("h1").BoundingBoxAsync())?.Width > 0);
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task Complaints_of_the_browser_are_heard()
    {
        await using var visit = await Open("<script>console.error('left open'); throw new Error('broken')</script>");

        await Eventually.Holds(
            () => visit.Complaints.Count == 2, () => $"Heard only: {string.Join(", ", visit.Complaints)}");
        Assert.Contains("left open", visit.Complaints, StringComparer.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private async Task<Visit> Open(string html)
    {
        var browser = await TestRun.Browser;
        var file = folder["page.html"];
        var page = "<!doctype html><meta charset=utf-8>" + html;
        await File.WriteAllTextAsync(file, page, TestContext.Current.CancellationToken);
        return await browser.Open(new Uri(file));
    }
}
