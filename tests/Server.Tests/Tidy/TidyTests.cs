using Xunit;

namespace Gatehouse.Tests.Tidy;

/// <summary>The style of the house, executed. STYLE.md gives the reasons, ARCHITECTURE.md the figures.</summary>
public sealed class TidyTests(ITestOutputHelper output)
{
    private static readonly IReadOnlyList<Rule> House =
    [
        .. TextRules.All,
        .. SizeRules.All(Limits.Stated),
        .. NameRules.All,
        .. CodeRules.All,
        .. ShapeRules.All,
        .. DocumentRules.All,
        .. PackageRules.All(Limits.Stated),
    ];

    public static TheoryData<string> Rules => [.. House.Select(rule => rule.Name)];

    [Theory, MemberData(nameof(Rules))]
    public void Rule_of_the_house_holds(string name)
    {
        var findings = Named(name).Find(Repository.Here).ToArray();
        Assert.True(findings.Length == 0, $"{name}.\n{string.Join('\n', findings.AsEnumerable())}");
    }

    [Theory, MemberData(nameof(Rules))]
    public void Rule_refuses_its_bad_specimens(string name)
    {
        var rule = Named(name);
        Assert.NotEmpty(rule.Bad);
        Assert.All(rule.Bad, specimen => Assert.NotEmpty(rule.Find(specimen)));
    }

    [Theory, MemberData(nameof(Rules))]
    public void Rule_accepts_its_good_specimens(string name)
    {
        var rule = Named(name);
        Assert.NotEmpty(rule.Good);
        Assert.All(rule.Good, specimen => Assert.Empty(rule.Find(specimen)));
    }

    [Fact]
    public void Repository_is_the_one_of_this_test()
    {
        Assert.NotNull(Repository.Here.Find("ARCHITECTURE.md"));
        Assert.NotNull(Repository.Here.Find("src/Server/Program.cs"));
        Assert.NotNull(Repository.Here.Find("tests/Server.Tests/Tidy/TidyTests.cs"));
    }

    [Fact]
    public void Figures_are_printed()
    {
        var files = Repository.Here.Code("src/").OrderBy(SizeRules.FileLines).ToArray();
        var methods = files
            .SelectMany(file => SizeRules.Methods(file), (file, node) => (file, node, lines: Measure.Lines(node)))
            .OrderBy(method => method.lines)
            .ToArray();

        output.WriteLine($"files in src: {files.Length}, lines: {files.Sum(SizeRules.FileLines)}");
        output.WriteLine($"file, median: {SizeRules.FileLines(files[files.Length / 2])} lines");
        output.WriteLine($"file, longest: {SizeRules.FileLines(files[^1])} lines ({files[^1].Path})");
        output.WriteLine($"packages in src: {PackageRules.OfProduct(Repository.Here).Count}");
        if (methods is [.., var (file, node, lines)])
        {
            output.WriteLine($"method, median: {methods[methods.Length / 2].lines} lines");
            output.WriteLine($"method, longest: {lines} lines ({Measure.Name(node)} in {file.Path})");
        }
    }

    private static Rule Named(string name) => House.Single(rule => rule.Name == name);
}
