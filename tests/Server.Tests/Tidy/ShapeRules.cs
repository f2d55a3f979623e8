using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Gatehouse.Tests.Tidy;

/// <summary>What an operation and a noun look like.</summary>
internal static class ShapeRules
{
    private const string Features = "src/Server/Features/";
    private const string Domain = "src/Server/Domain/";

    // Specimens are called like real files.
    private const string SignUp = Features + "Accounts/SignUp.cs";
    private const string Scale = Features + "Apps/ScaleApp.cs";

    public static IEnumerable<Rule> All =>
    [
        OperationsAreSealed,
        OperationsRun,
        PublicThingsAreExplained,
        ReasonsAreExplained,
        FeaturesStandWithTheirNoun,
    ];

    private static Rule OperationsAreSealed =>
        new Rule("An operation is a sealed class", IsFeature,
            file => Operations(file)
                .Where(operation => !Has(operation, SyntaxKind.SealedKeyword))
                .Select(operation => file.At(operation, $"{operation.Identifier} is not sealed")))
        .Refuses(SignUp, "public class SignUp { public void Run() { } }")
        .Refuses(SignUp, "public static class SignUp { public static void Run() { } }")
        .Accepts(SignUp, "public sealed class SignUp { public void Run() { } }")
        .Accepts(SignUp, "public record Registration(string Address);");

    private static Rule OperationsRun =>
        new Rule("An operation has one public method, named Run", IsFeature,
            file => Operations(file)
                .Select(operation => (Node: operation, Methods: PublicMethods(operation)))
                .Where(operation => operation.Methods is not ["Run"])
                .Select(operation => file.At(operation.Node, "public methods: " + string.Join(" ", operation.Methods))))
        .Refuses(SignUp, "public sealed class SignUp { public void Execute() { } }")
        .Refuses(SignUp, "public sealed class SignUp { void Run() { } }")
        .Refuses(Scale, "public sealed class ScaleApp { public void Run() { } public int Undo() => 1; }")
        .Refuses(Scale, "public sealed class ScaleApp { public int Run(int a) => a; public int Run() => 1; }")
        .Accepts(SignUp, "public sealed class SignUp { public int Run() => 1; int Two() => 2; }")
        .Accepts(Features + "Accounts/Names.cs", "internal sealed class Names { public string Next() => null; }");

    private static Rule PublicThingsAreExplained =>
        new Rule("A public type or method of Domain and Features says what it means",
            file => file.IsCSharp && (file.IsUnder(Domain) || file.IsUnder(Features)),
            file => file.All<MemberDeclarationSyntax>()
                .Where(member => member is BaseTypeDeclarationSyntax or MethodDeclarationSyntax)
                .Where(IsPublic)
                .Where(member => !IsExplained(member) && !Has(member, SyntaxKind.OverrideKeyword))
                .Select(member => file.At(member, $"{FirstLine(member)} says nothing")))
        .Refuses(Domain + "Account.cs", "public class Account;")
        .Refuses(Domain + "Tier.cs", "public enum Tier { Free }")
        .Refuses(Domain + "Account.cs", "/// <summary>Yes.</summary>\npublic class Account { public void Close() { } }")
        .Refuses(SignUp, "/// <summary></summary>\npublic sealed class SignUp;")
        .Refuses(SignUp, "// Not a docstring.\npublic sealed class SignUp;")
        .Accepts(SignUp, "/// <summary>Makes an account.</summary>\npublic class SignUp;")
        .Accepts(Features + "Accounts/Names.cs", "internal sealed class Names { public string Next() => null; }")
        .Accepts(Domain + "Money.cs", "/// <inheritdoc/>\npublic struct M { public override int GetHashCode() => 1; }");

    private static Rule ReasonsAreExplained =>
        new Rule("Each reason of a refusal says what it means", file => file.IsCSharp && file.IsUnder(Domain),
            file => file.All<EnumMemberDeclarationSyntax>()
                .Where(member => member.Parent is EnumDeclarationSyntax { Identifier.Text: "Reason" })
                .Where(member => !IsExplained(member))
                .Select(member => file.At(member, $"{member.Identifier} says nothing")))
        .Refuses(Domain + "Reason.cs", "enum Reason { NotAllowed }")
        .Accepts(Domain + "Reason.cs", "enum Reason { /// <summary>Somebody else's.</summary>\n NotAllowed }");

    private static Rule FeaturesStandWithTheirNoun =>
        new Rule("A feature stands in the folder of its noun", IsFeature,
            file => file.Path.Split('/').Length == 5 ? [] : [file.At(1, "its place is Features/<Nouns>/<VerbNoun>.cs")])
        .Refuses(Features + "SignUp.cs", "class SignUp;")
        .Refuses(Features + "Accounts/Commands/SignUp.cs", "class SignUp;")
        .Accepts(SignUp, "class SignUp;");

    private static bool IsFeature(SourceFile file) => file.IsCSharp && file.IsUnder(Features);

    private static IEnumerable<ClassDeclarationSyntax> Operations(SourceFile file) =>
        file.All<ClassDeclarationSyntax>()
            .Where(type => Has(type, SyntaxKind.PublicKeyword) && type.Parent is not TypeDeclarationSyntax);

    private static string[] PublicMethods(ClassDeclarationSyntax type) =>
    [
        .. type.Members.OfType<MethodDeclarationSyntax>()
            .Where(method => Has(method, SyntaxKind.PublicKeyword))
            .Select(method => method.Identifier.Text),
    ];

    private static bool Has(MemberDeclarationSyntax member, SyntaxKind modifier) => member.Modifiers.Any(modifier);

    private static bool IsPublic(MemberDeclarationSyntax member) =>
        Has(member, SyntaxKind.PublicKeyword) && (member.Parent is not TypeDeclarationSyntax outer || IsPublic(outer));

    private static bool IsExplained(MemberDeclarationSyntax member) =>
        member.GetLeadingTrivia()
            .Select(trivia => trivia.GetStructure())
            .OfType<DocumentationCommentTriviaSyntax>()
            .Any(doc => doc.Content.Any(part => part is XmlEmptyElementSyntax || Words(part).Length > 0));

    private static string Words(XmlNodeSyntax part) =>
        string.Concat(part.DescendantTokens().Where(token => token.IsKind(SyntaxKind.XmlTextLiteralToken)))
            .Trim(' ', '/');

    private static string FirstLine(MemberDeclarationSyntax member) => member.ToString().Split('\n')[0].Trim();
}
