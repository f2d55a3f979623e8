using System.Text.RegularExpressions;
using static System.StringComparison;

namespace Gatehouse.Tests.Tidy;

/// <summary>Documents are held to the repository like code.</summary>
internal static partial class DocumentRules
{
    private static readonly string[] DecisionParts = ["## Context", "## Decision", "## Consequences"];

    public static IEnumerable<Rule> All =>
    [
        OneTitle,
        LinksLead,
        GridIsTrue,
        GridIsComplete,
        DecisionsHaveThreeParts,
        DecisionsAreNumbered,
    ];

    private static Rule OneTitle =>
        new Rule("A document has one title", file => file.IsMarkdown,
            file => Prose(file).Count(line => line.StartsWith("# ", Ordinal)) is var titles and not 1
                ? [file.At(1, $"{titles} titles")]
                : [])
        .Refuses("README.md", "Gatehouse\n")
        .Refuses("README.md", "# Gatehouse\n\n# Install\n")
        .Accepts("README.md", "# Gatehouse\n\n```sh\n# a comment\n```\n\n## Install\n");

    private static Rule LinksLead =>
        new Rule("A relative link leads to a file of the repository", repository =>
            from file in repository.Files.Where(file => file.IsMarkdown)
            from link in Link().Matches(string.Join('\n', Prose(file)))
            let target = link.Groups["target"].Value
            let path = file.Resolve(target.Split('#')[0])
            where !target.Contains(':') && !target.StartsWith('#') && !repository.Has(path)
            select file.At(1, $"{target} leads nowhere"))
        .Refuses("README.md", "# A\n[style](STYLE.md)\n")
        .Refuses("docs/a.md", "# A\n![picture](../pictures/a.png)\n")
        .Refuses("docs/a.md", "# A\n[title](b.md#part \"Title\")\n")
        .Accepts("docs/a.md", "# A\n[self](../docs/a.md#a) and [folder](../docs)\n")
        .Accepts("docs/a.md", "# A\n[web](https://example.org) and [here](#a)\n")
        .Accepts("docs/a.md", "# A\n```\n[code](nowhere.md)\n```\n`[code](nowhere.md)`\n");

    /// <summary>The head of a column names a folder, a cell the files in it, bare or in a folder of the noun.</summary>
    private static Rule GridIsTrue =>
        new Rule("Every file of the README's grid exists", repository =>
            repository.Find("README.md") is not { } readme ? []
            : MarkdownTable.Find(readme.Text, "noun") is not { } grid ? [readme.At(1, "the grid is missing")]
            : from row in grid.Rows
              from column in Enumerable.Range(1, grid.Head.Count - 1)
              let folder = MarkdownTable.Names(grid.Head[column]).LastOrDefault()
              from name in MarkdownTable.Names(row[column])
              where folder is null || !Addresses(folder, Noun(row), name).Any(repository.Has)
              select readme.At(1, $"{row[0]}: {folder}{name} does not exist"))
        .Refuses("README.md", "# Gatehouse\n")
        .Refuses(Grid("`SignUp.cs`", "`Accounts.cs`", "src/Server/Features/Accounts/SignUp.cs"))
        .Refuses(Grid("`SignUp.cs`", "–", "src/Server/Features/Passwords/SignUp.cs"))
        .Accepts(Grid("`SignUp.cs`", "–", "src/Server/Features/Accounts/SignUp.cs"))
        .Accepts(Grid("–", "`Accounts/SignUp.razor`", "src/Server/Apis/Gigalixir/Accounts/SignUp.razor"))
        .Accepts(Grid("–", "`A.cs`, `B.cs`", "src/Server/Apis/Gigalixir/A.cs", "src/Server/Apis/Gigalixir/B.cs"));

    private static Rule GridIsComplete =>
        new Rule("Every noun has its row in the README's grid", repository =>
            from noun in Nouns(repository)
            let grid = MarkdownTable.Find(repository.Find("README.md")?.Text ?? "", "noun")
            where grid is null || !grid.Rows.Any(row => Noun(row) == noun)
            select new Finding("README.md", 1, $"the grid has no row for {noun}"))
        .Refuses("src/Server/Features/Accounts/SignUp.cs", "")
        .Refuses(Grid("–", "–", "src/Server/Features/Invoices/IssueInvoice.cs"))
        .Accepts(Grid("–", "–", "src/Server/Features/Accounts/SignUp.cs"));

    private static Rule DecisionsHaveThreeParts =>
        new Rule("A decision has context, decision and consequences", IsDecision,
            file => Prose(file).Where(line => line.StartsWith("## ", Ordinal)).SequenceEqual(DecisionParts)
                ? []
                : [file.At(1, $"the parts are {string.Join(", ", DecisionParts)}")])
        .Refuses("docs/decisions/0001-a.md", "# 1. A\n\n## Decision\n\n## Context\n\n## Consequences\n")
        .Accepts("docs/decisions/0001-a.md", "# 1. A\n\n## Context\n\n## Decision\n\n## Consequences\n")
        .Accepts("docs/decisions/README.md", "# Decisions\n");

    private static Rule DecisionsAreNumbered =>
        new Rule("Decisions are numbered without a gap, and listed", repository =>
            from file in repository.Files.Where(IsDecision).Index()
            let list = repository.Find("docs/decisions/README.md")?.Text ?? ""
            let number = $"{file.Index + 1:0000}-"
            where !file.Item.Name.StartsWith(number, Ordinal) || !list.Contains($"({file.Item.Name})")
            select file.Item.At(1, $"its name begins with {number}, and docs/decisions/README.md links to it"))
        .Refuses("docs/decisions/0001-a.md", "# 1. A\n")
        .Refuses(Decisions("0002-a.md"))
        .Refuses(Decisions("0001-a.md", "0001-b.md"))
        .Accepts(Decisions("0001-a.md", "0002-b.md"));

    private static bool IsDecision(SourceFile file) =>
        file.IsMarkdown && file.Folder == "docs/decisions/" && file.Name != "README.md";

    /// <summary>The lines outside code blocks, without what stands between backticks.</summary>
    private static IEnumerable<string> Prose(SourceFile file)
    {
        var inside = false;
        foreach (var line in file.Lines)
        {
            if (line.TrimStart().StartsWith("```", Ordinal)) inside = !inside;
            else if (!inside) yield return string.Concat(line.Split('`').Where((_, index) => index % 2 == 0));
        }
    }

    private static string Noun(IReadOnlyList<string> row) => row[0].Trim('`', '*');

    private static IEnumerable<string> Nouns(Repository repository) =>
        repository.Code("src/Server/Features/").Select(file => file.Path.Split('/')[3]).Distinct();

    private static IEnumerable<string> Addresses(string folder, string noun, string name) =>
        from root in new[] { "src/", "src/Server/" }
        from middle in new[] { "", noun + "/" }
        select root + folder.TrimEnd('/') + "/" + middle + name;

    private static Repository Grid(string rule, string api, params string[] files)
    {
        var text = "# A\n\n| noun | rule `Features/` | `/api` `Apis/Gigalixir/` |\n|---|---|---|\n"
            + $"| Accounts | {rule} | {api} |\n";
        return new([new SourceFile("README.md", text), .. files.Select(path => new SourceFile(path, ""))]);
    }

    private static Repository Decisions(params string[] names)
    {
        var list = new SourceFile("docs/decisions/README.md", string.Concat(names.Select(name => $"[a]({name})\n")));
        return new([list, .. names.Select(name => new SourceFile("docs/decisions/" + name, ""))]);
    }

    [GeneratedRegex(@"\]\(<?(?<target>[^)\s>]+)>?(\s+""[^""]*"")?\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
