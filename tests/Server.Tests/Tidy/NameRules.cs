using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static System.StringComparison;

namespace Gatehouse.Tests.Tidy;

/// <summary>A name says what a thing is or does, and where it is found.</summary>
internal static partial class NameRules
{
    /// <summary>Names given to us by interfaces of the framework.</summary>
    private static readonly HashSet<string> FrameworkCalls =
    [
        "DisposeAsync",
        "InitializeAsync",
        "StartAsync",
        "StopAsync",
        "ExecuteAsync",
        "InvokeAsync",
        "CheckHealthAsync",
        "TryHandleAsync",
        "HandleAsync",
        "TransformAsync",
    ];

    public static IEnumerable<Rule> All =>
    [
        TypesSayWhatTheyAre,
        MethodsDropTheSuffix,
        NamespaceFollowsFolder,
    ];

    private static Rule TypesSayWhatTheyAre =>
        new Rule("No type is named for having no better name", file => file.IsCode,
            file => file.All<BaseTypeDeclarationSyntax>()
                .Select(type => (Node: (SyntaxNode)type, type.Identifier.Text))
                .Append((file.Syntax, file.IsRazor ? Path.GetFileNameWithoutExtension(file.Name) : ""))
                .Where(type => Nameless().IsMatch(type.Text))
                .Select(type => file.At(type.Node, type.Text)))
        .Refuses("src/Server/Features/Accounts/AccountService.cs", "public class AccountService;")
        .Refuses("src/Server/Domain/SessionManager.cs", "record SessionManager(int A);")
        .Refuses("src/Server/Platform/StringHelper.cs", "static class StringHelper;")
        .Refuses("src/Server/Platform/Utils.cs", "static class Utils;")
        .Refuses("src/Server/Jobs/MailProcessor.cs", "class MailProcessor;")
        .Refuses("src/Server/Data/DbImpl.cs", "class DbImpl;")
        .Refuses("src/Server/Apis/Temporal/EndpointBase.cs", "abstract class EndpointBase;")
        .Refuses("src/Server/Apis/Temporal/AccountDto.cs", "record struct AccountDto(int A);")
        .Refuses("src/Server/WebConsole/Shared/FormHelper.razor", "<p/>")
        .Accepts("src/Server/Domain/Database.cs", "public class Database;")
        .Accepts("src/Server/Apis/Temporal/ServiceUnavailable.cs", "record ServiceUnavailable(int A);");

    private static Rule MethodsDropTheSuffix =>
        new Rule("Our own methods do without the Async suffix", file => file.IsCode,
            file => file.All<SyntaxNode>()
                .Select(node => node switch
                {
                    MethodDeclarationSyntax method when !IsOverride(method) => (node, method.Identifier.Text),
                    LocalFunctionStatementSyntax local => (node, local.Identifier.Text),
                    _ => (node, Text: ""),
                })
                .Where(method => method.Text.EndsWith("Async", Ordinal) && !FrameworkCalls.Contains(method.Text))
                .Select(method => file.At(method.node, method.Text)))
        .Refuses("src/Server/Gateways/SmtpGateway.cs", "class SmtpGateway { Task SendAsync() => null; }")
        .Refuses("src/Cli/Terminal.cs", "class Terminal { void Ask() { Task ReadAsync() => null; } }")
        .Refuses("src/Server/WebConsole/Accounts/SignUp.razor", "@code {\n Task SubmitAsync() => null;\n}")
        .Accepts("src/Server/Data/Db.cs", "class Db { public override Task SaveChangesAsync() => null; }")
        .Accepts("src/Server/Jobs/Clock.cs", "class Clock { public ValueTask DisposeAsync() => default; }");

    private static Rule NamespaceFollowsFolder =>
        new Rule("The namespace is the folder", repository =>
            from project in repository.Files.Where(file => file.IsProject)
            from file in repository.Files.Where(file => file.IsCSharp && file.IsUnder(project.Folder))
            from space in file.All<BaseNamespaceDeclarationSyntax>().Cast<SyntaxNode>().DefaultIfEmpty(file.Syntax)
            let actual = (space as BaseNamespaceDeclarationSyntax)?.Name.ToString()
            let expected = Namespace(project, file)
            where actual != expected && (actual is not null || file.All<TypeDeclarationSyntax>().Any())
            where file.Name != "Program.cs"
            select file.At(space, $"is in {actual ?? "no namespace"}, its folder says {expected}"))
        .Refuses(Project("namespace Gatehouse.Domain;\nclass A;"))
        .Refuses(Project("namespace Gatehouse.Features.Accounts.Inner;\nclass A;"))
        .Refuses(Project("class A;"))
        .Accepts(Project("namespace Gatehouse.Features.Accounts;\nclass A;"))
        .Accepts(Project("[assembly: Trait]"));

    private static string Namespace(SourceFile project, SourceFile file)
    {
        var stated = RootNamespace().Match(project.Text);
        var root = stated.Success ? stated.Groups["name"].Value : Path.GetFileNameWithoutExtension(project.Name);
        var folders = file.Folder[project.Folder.Length..].TrimEnd('/').Replace('/', '.');
        return folders.Length == 0 ? root : $"{root}.{folders}";
    }

    private static bool IsOverride(MethodDeclarationSyntax method) =>
        method.Modifiers.Any(modifier => modifier.Text == "override") || method.ExplicitInterfaceSpecifier is not null;

    private static Repository Project(string text) => new(
    [
        new SourceFile("src/Server/Server.csproj", "<RootNamespace>Gatehouse</RootNamespace>"),
        new SourceFile("src/Server/Features/Accounts/SignUp.cs", text),
    ]);

    [GeneratedRegex("(Service|Manager|Helper|Util|Utils|Utility|Utilities|Processor|Impl|Base|Dto|DTO)s?$",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Nameless();

    [GeneratedRegex("<RootNamespace>(?<name>.*?)</RootNamespace>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RootNamespace();
}
