namespace Gatehouse.Tests.Tidy;

/// <summary>A table of a Markdown document, known by the first word of its head.</summary>
internal sealed record MarkdownTable(IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>The table of ARCHITECTURE.md whose first column is called <paramref name="firstColumn"/>.</summary>
    public static MarkdownTable OfArchitecture(string firstColumn) =>
        Find(Repository.Here.Find("ARCHITECTURE.md")?.Text ?? "", firstColumn)
        ?? throw new InvalidOperationException($"ARCHITECTURE.md has no table whose first column is '{firstColumn}'.");

    public static MarkdownTable? Find(string markdown, string firstColumn)
    {
        var table = markdown.Split('\n')
            .SkipWhile(line => !line.StartsWith('|') || Cells(line)[0] != firstColumn)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(Cells)
            .ToArray();
        return table.Length < 2 ? null : new MarkdownTable(table[0], table[2..]);
    }

    /// <summary>The words between backticks: names of files, folders, members.</summary>
    public static IReadOnlyList<string> Names(string cell) => [.. cell.Split('`').Where((_, index) => index % 2 == 1)];

    private static string[] Cells(string line) => [.. line.Trim().Trim('|').Split('|').Select(cell => cell.Trim())];
}
