using Gatehouse.Platform;
using Gatehouse.Tests.Tidy;
using Gatehouse.WebConsole.Docs;
using Xunit;

namespace Gatehouse.Tests.WebConsole.Docs;

/// <summary>docs/api is made from the tables; GATEHOUSE_UPDATE_GOLDEN=1 writes it anew.</summary>
public sealed class ApiDocumentTests
{
    public static TheoryData<string> Dialects => [.. SampleBook.All.Select(book => book.Slug)];

    [Theory, MemberData(nameof(Dialects))]
    public void Document_holds_every_sample_of_the_table(string dialect)
    {
        var text = ApiDocument.Write(SampleBook.All.Single(book => book.Slug == dialect), PublicUrl.Default);
        var path = Path.Combine(Repository.Root, "docs", "api", $"{dialect}.md");
        if (Environment.GetEnvironmentVariable("GATEHOUSE_UPDATE_GOLDEN") == "1") File.WriteAllText(path, text);
        else Assert.Equal(text, File.Exists(path) ? File.ReadAllText(path) : "");
    }

    /// <summary>Tabs of Go and blanks aside, what stands there is what the running server shows.</summary>
    [Fact]
    public async Task Running_server_shows_every_sample_with_its_own_address()
    {
        await using var server = await Harness.TestServer.Start(Harness.Engine.Sqlite);
        foreach (var book in SampleBook.All)
        {
            foreach (var language in Language.All)
            {
                var page = await server.Call($"GET /docs/api/{book.Slug}?lang={language.Slug}");
                Assert.Equal(200, page.Status);
                var text = System.Net.WebUtility.HtmlDecode(page.Body);
                foreach (var sample in book.Samples)
                    Assert.Contains(language.Write(sample, Harness.TestServer.PublicUrl), text);
            }
        }
    }

    [Theory]
    [InlineData("/docs/api", 200)]
    [InlineData("/docs/api/temporal", 200)]
    [InlineData("/docs/api/temporal?lang=cobol", 200)]
    [InlineData("/docs/api/nothing", 404)]
    public async Task Pages_have_addresses(string path, int status)
    {
        await using var server = await Harness.TestServer.Start(Harness.Engine.Sqlite);
        Assert.Equal(status, (await server.Call($"GET {path}")).Status);
    }
}
