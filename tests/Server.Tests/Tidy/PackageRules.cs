using System.Xml.Linq;

namespace Gatehouse.Tests.Tidy;

/// <summary>A package is a promise to follow somebody else; a project reference is a direction.</summary>
internal static class PackageRules
{
    public static IEnumerable<Rule> All(Limits limits) =>
    [
        PackagesAreFew(limits.Packages),
        PackagesHaveAReason,
        ProjectsKeepDirection,
    ];

    /// <summary>The packages that the product itself names, each once.</summary>
    public static IReadOnlyList<string> OfProduct(Repository repository) =>
    [
        .. repository.Files.Where(file => file.IsProject && file.IsUnder("src/"))
            .SelectMany(project => Includes(project, "PackageReference"))
            .Distinct()
            .Order(),
    ];

    private static Rule PackagesAreFew(int limit) =>
        new Rule($"The product has at most {limit} packages", repository =>
            OfProduct(repository).Count > limit
                ? [new Finding("Directory.Packages.props", 1, $"{OfProduct(repository).Count} packages")]
                : [])
        .Refuses(Project("src/Server", "PackageReference", Names(limit + 1)))
        .Accepts(Project("src/Server", "PackageReference", Names(limit)))
        .Accepts(Project("tests/Server.Tests", "PackageReference", Names(limit + 1)));

    private static Rule PackagesHaveAReason =>
        new Rule("Every package of the product has its reason above it", repository =>
            from props in repository.Files.Where(file => file.Name == "Directory.Packages.props")
            let entries = XDocument.Parse(props.Text).Descendants().Where(IsEntry).ToArray()
            let product = OfProduct(repository)
            from entry in entries
            let name = (string?)entry.Attribute("Include") ?? ""
            where product.Contains(name) || entry.Name == "GlobalPackageReference"
            where entry.NodesBeforeSelf().LastOrDefault(node => node is not XText) is not XComment
            select props.At(1, $"{name} has no reason"))
        .Refuses(Props("<PackageVersion Include=\"P\" />"))
        .Refuses(Props("<!-- For Q. --><PackageVersion Include=\"Q\" /><PackageVersion Include=\"P\" />"))
        .Refuses(Props("<GlobalPackageReference Include=\"Analyzer\" />"))
        .Accepts(Props("<!-- For P. -->\n  <PackageVersion Include=\"P\" /><PackageVersion Include=\"Unused\" />"));

    private static Rule ProjectsKeepDirection =>
        new Rule("A project references what ARCHITECTURE.md lets it", repository =>
            from project in repository.Files.Where(file => file.IsProject)
            where project.IsUnder("src/") || project.IsUnder("tests/")
            let row = MarkdownTable.OfArchitecture("project").Rows
                .FirstOrDefault(row => row[0] == $"`{project.Folder.TrimEnd('/')}`")
            let refused = Includes(project, "ProjectReference")
                .Select(reference => Path.GetDirectoryName(project.Resolve(reference)) ?? "")
                .Where(reference => row is not null && !MarkdownTable.Names(row[1]).Contains(reference))
            from what in row is null ? ["has no row in the table"] : refused.Select(to => $"references {to}")
            select project.At(1, what))
        .Refuses(Project("src/Server", "ProjectReference", "../Cli/Cli.csproj"))
        .Refuses(Project("src/Cli", "ProjectReference", "../Server/Server.csproj"))
        .Refuses(Project("tests/EndToEnd.Tests", "ProjectReference", "../../src/Server/Server.csproj"))
        .Refuses(Project("src/Shared", "PackageReference"))
        .Accepts(Project("tests/Server.Tests", "ProjectReference", "../../src/Server/Server.csproj"));

    private static IEnumerable<string> Includes(SourceFile project, string kind) =>
        XDocument.Parse(project.Text).Descendants(kind)
            .Select(item => ((string?)item.Attribute("Include") ?? "").Replace('\\', '/'));

    private static bool IsEntry(XElement element) =>
        element.Name.LocalName is "PackageVersion" or "GlobalPackageReference";

    private static string[] Names(int count) => [.. Enumerable.Range(1, count).Select(i => $"Package{i}")];

    private static Repository Project(string folder, string kind, params string[] includes)
    {
        var items = string.Concat(includes.Select(include => $"<{kind} Include=\"{include}\" />"));
        return Repository.Of($"{folder}/A.csproj", $"<Project><ItemGroup>{items}</ItemGroup></Project>");
    }

    private static Repository Props(string entries) => new(
    [
        .. Project("src/Server", "PackageReference", "P").Files,
        new SourceFile("Directory.Packages.props", $"<Project><ItemGroup>{entries}</ItemGroup></Project>"),
    ]);
}
