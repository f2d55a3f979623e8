using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gatehouse.Tests.Tidy;

/// <summary>What has to be held in the head at once is small. The figures stand in ARCHITECTURE.md.</summary>
internal static class SizeRules
{
    public static IEnumerable<Rule> All(Limits limits) =>
    [
        LinesAreShort(limits.Line),
        FilesAreShort(limits.File),
        ProgramIsATableOfContents(limits.Program),
        MethodsAreShort(limits.Method),
        ConstructorsTakeFew(limits.ConstructorParameters),
    ];

    public static IEnumerable<SyntaxNode> Methods(SourceFile file) =>
        file.All<SyntaxNode>().Where(node => node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax);

    public static int FileLines(SourceFile file) => file.Lines.Count;

    private static Rule LinesAreShort(int limit) =>
        new Rule($"A line has at most {limit} columns", file => file.IsCode || file.Name is "app.css" or "app.js",
            file => file.Lines.Index()
                .Where(line => line.Item.Length > limit)
                .Select(line => file.At(line.Index + 1, $"{line.Item.Length} columns")))
        .Refuses("src/Server/Domain/Money.cs", "// " + new string('x', limit))
        .Accepts("src/Server/Domain/Money.cs", new string('/', limit) + "\n");

    private static Rule FilesAreShort(int limit) =>
        new Rule($"A file has at most {limit} lines", file => file.IsCode,
            file => FileLines(file) > limit ? [file.At(limit + 1, $"{FileLines(file)} lines")] : [])
        .Refuses("src/Server/WebConsole/Accounts/SignUp.razor", Repeat("<p>word</p>\n", limit + 1))
        .Accepts("src/Server/Domain/Money.cs", Repeat("//\n", limit));

    private static Rule ProgramIsATableOfContents(int limit) =>
        new Rule($"Program.cs of the server has at most {limit} lines", file => file.Path == "src/Server/Program.cs",
            file => FileLines(file) > limit ? [file.At(limit + 1, $"{FileLines(file)} lines")] : [])
        .Refuses("src/Server/Program.cs", Repeat("app.Run();\n", limit + 1))
        .Accepts("src/Server/Program.cs", Repeat("app.Run();\n", limit));

    private static Rule MethodsAreShort(int limit) =>
        new Rule($"A method has at most {limit} lines, a table counting as one", file => file.IsCode,
            file => Methods(file)
                .Where(method => Measure.Lines(method) > limit)
                .Select(method => file.At(method, $"{Measure.Name(method)} has {Measure.Lines(method)} lines")))
        .Refuses("src/Server/Domain/Money.cs", Method(Repeat("x++;\n", limit)))
        .Refuses("src/Server/WebConsole/Accounts/SignUp.razor", "<p/>\n@code {\n" + Body(Repeat("x++;\n", limit)) + "}")
        .Refuses("src/Server/Domain/Money.cs", Method("return x switch {\n" + Repeat("1 =>\n2,\n", limit) + "};\n"))
        .Accepts("src/Server/Domain/Money.cs", Method("return x switch {\n" + Repeat("1 => 2,\n", limit) + "};\n"))
        .Accepts("src/Server/Jobs/Schedule.cs", Method("return [\n" + Repeat("new Job(),\n", limit) + "];\n"))
        .Accepts("src/Server/Apis/Temporal/Routes.cs", Method(Repeat("api.MapGet(\"/\", Get).Named(\"x\");\n", limit)));

    private static Rule ConstructorsTakeFew(int limit) =>
        new Rule($"A constructor takes at most {limit} parameters, positional records aside", file => file.IsCode,
            file => file.All<ParameterListSyntax>()
                .Where(list => list.Parent is ConstructorDeclarationSyntax or ClassDeclarationSyntax)
                .Where(list => list.Parameters.Count > limit)
                .Select(list => file.At(list, $"{list.Parameters.Count} parameters")))
        .Refuses("src/Server/Features/Apps/CreateApp.cs", $"public sealed class CreateApp({Parameters(limit + 1)});")
        .Refuses("src/Cli/Terminal.cs", $"class Terminal {{ public Terminal({Parameters(limit + 1)}) {{ }} }}")
        .Accepts("src/Server/Features/Apps/CreateApp.cs", $"public sealed class CreateApp({Parameters(limit)});")
        .Accepts("src/Server/Domain/AuditEntry.cs", $"public sealed record AuditEntry({Parameters(limit + 1)});");

    private static string Method(string statements) => "class C\n{\n" + Body(statements) + "}\n";

    private static string Body(string statements) => "int M()\n{\n" + statements + "}\n";

    private static string Parameters(int count) =>
        string.Join(", ", Enumerable.Range(1, count).Select(i => $"int p{i}"));

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
