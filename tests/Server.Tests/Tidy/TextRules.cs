using System.Text.RegularExpressions;

namespace Gatehouse.Tests.Tidy;

/// <summary>What is true of every text file, whatever its language.</summary>
internal static partial class TextRules
{
    // Put together here so that this file does not itself contain what it refuses.
    private const string Mark = "TO" + "DO";
    private const string SomeHome = "/ho" + "me/ada/gatehouse";
    private const string SomeFeed = "http://local" + "host:8081/nuget/v3/index.json";

    public static IEnumerable<Rule> All =>
    [
        NoTrailingWhitespace,
        NoMarkIsLeftOver,
        NoMachineIsNamed,
        NoPackageFeedIsNamed,
    ];

    private static Rule NoTrailingWhitespace =>
        new Rule("No line ends in white space", file => !file.Path.Contains("/Golden/") && !IsForWindows(file),
            file => Matches(file, Trailing(), "white space at the end"))
        .Refuses("README.md", "# Gatehouse \n")
        .Refuses("src/Server/Domain/Money.cs", "namespace Gatehouse;\t\n")
        .Accepts("src/Server/Domain/Money.cs", "namespace Gatehouse;\n\n");

    /// <summary>Windows reads a .cmd file right only with a carriage return at the end of each line.</summary>
    private static bool IsForWindows(SourceFile file) => file.Path.EndsWith(".cmd", StringComparison.Ordinal);

    private static Rule NoMarkIsLeftOver =>
        new Rule("What is left to do is done, or not in the code", file => !file.IsMarkdown,
            file => Matches(file, LeftOver(), "a mark of something left to do"))
        .Refuses("src/Server/Domain/Money.cs", $"// {Mark}: round\n")
        .Refuses("check", "# FIX" + "ME later\n")
        .Refuses("src/Server/wwwroot/app.css", "/* HA" + "CK */\n")
        .Refuses("src/Server/WebConsole/Accounts/SignUp.razor", "<p>\n@* FIX" + "ME *@\n")
        .Refuses("src/Server/Domain/Money.cs", $"// round, {Mark}: how?\n")
        .Accepts("src/Server/Domain/Money.cs", $"// the {Mark.ToLowerInvariant()} list of a customer\n");

    private static Rule NoMachineIsNamed =>
        new Rule("No path of one machine", _ => true,
            file => Matches(file, MachinePath(), "a path of one machine"))
        .Refuses("check", $"cd {SomeHome}\n")
        .Refuses("README.md", "`/ro" + "ot/.nuget`\n")
        .Refuses("docs/operating.md", "See /wo" + "rk/notes.\n")
        .Accepts("src/Server/Platform/Health.cs", "\"https://example.org/work/\"\n");

    private static Rule NoPackageFeedIsNamed =>
        new Rule("Packages come from where the reader's own settings say", _ => true,
            file => Matches(file, PackageFeed(), "the address of a package feed"))
        .Refuses("nuget.config", $"<add key=\"feed\" value=\"{SomeFeed}\" />\n")
        .Refuses("package.json", "\"registry\": \"http://127.0" + ".0.1:4873/npm/\"\n")
        .Accepts("README.md", "Open http://localhost:5080/login.\n");

    private static IEnumerable<Finding> Matches(SourceFile file, Regex pattern, string what) =>
        file.Lines.Index().Where(line => pattern.IsMatch(line.Item)).Select(line => file.At(line.Index + 1, what));

    [GeneratedRegex(@"\s$", RegexOptions.None, 1000)]
    private static partial Regex Trailing();

    [GeneratedRegex(@"(//|#|\*|<!--)\s*(TODO|FIXME|HACK|XXX)\b|\b(TODO|FIXME|HACK)[:(]",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LeftOver();

    [GeneratedRegex(@"(?<![\w.~}-])/(home|root|work)/", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"//(?!api\.nuget\.org)[^\s""]*(/v3/index\.json|:\d+/(npm|pypi|simple|nuget))",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PackageFeed();
}
