using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Gatehouse.EndToEnd.Tests.Harness;
using Xunit;

namespace Gatehouse.EndToEnd.Tests.Docs;

/// <summary>
/// What the table says about a sample. The sample itself is taken from the page that the running server shows.
/// </summary>
public sealed record Entry(string Title, int Status, JsonElement Answer)
{
    /// <summary>Variables that come out of the answer.</summary>
    public Dictionary<string, string> Keep { get; init; } = [];

    /// <summary>Variables that come by mail.</summary>
    public Dictionary<string, string> Mail { get; init; } = [];

    /// <summary>Titles of samples to run right before.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];
}

/// <summary>A table of samples, as it stands in the repository.</summary>
public sealed record SampleTable(Dictionary<string, string> Variables, IReadOnlyList<SampleTable.Section> Sections)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>All entries, in the order in which they work.</summary>
    public IEnumerable<Entry> Entries => Sections.SelectMany(section => section.Samples);

    /// <summary>Reads one.</summary>
    public static SampleTable Read(string dialect) => JsonSerializer.Deserialize<SampleTable>(
        File.ReadAllText(Path.Combine(
            Published.Repository, "src", "Server", "WebConsole", "Docs", $"{dialect}.json")),
        Web)!;

    /// <summary>Samples of one noun.</summary>
    public sealed record Section(IReadOnlyList<Entry> Samples);
}

/// <summary>The samples of a running server, as a reader copies them from its pages.</summary>
public static partial class SamplePage
{
    /// <summary>By their titles.</summary>
    public static async Task<Dictionary<string, string>> Read(GatehouseServer server, string language)
    {
        var samples = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var dialect in (string[])["gigalixir", "temporal"])
        {
            var page = await server.Http.GetStringAsync(
                $"/docs/api/{dialect}?lang={language}", TestContext.Current.CancellationToken);
            foreach (Match sample in Sample().Matches(page))
                samples.Add(Text(sample, "title"), Text(sample, "text"));
        }

        return samples;
    }

    private static string Text(Match sample, string group) => WebUtility.HtmlDecode(sample.Groups[group].Value);

    [GeneratedRegex(
        "data-sample=\"(?<title>[^\"]+)\"><code>(?<text>.*?)</code>",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Sample();
}
