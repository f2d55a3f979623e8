using Microsoft.CodeAnalysis.CSharp.Syntax;
using static System.StringComparison;

namespace Gatehouse.Tests.Tidy;

/// <summary>The using directives of the server's sources: the only trace of a constant or a nameof.</summary>
internal static class Imports
{
    private const string Server = "src/Server/";
    private const string RazorUsing = "@using ";

    public static IEnumerable<(Finding Place, Reference Reference)> In(Repository repository) =>
        from file in repository.Code(Server)
        where file.Folder != Server
        from import in file.IsRazor ? OfRazor(file) : OfCSharp(file)
        where import.To.StartsWith("Gatehouse.", Ordinal)
        select (file.At(import.Line, $"using {import.To}"), new Reference(TypeOf(file), import.To));

    private static IEnumerable<(int Line, string To)> OfCSharp(SourceFile file) =>
        from directive in file.All<UsingDirectiveSyntax>()
        let line = directive.GetLocation().GetLineSpan().StartLinePosition.Line + 1
        select (line, directive.NamespaceOrType.ToString());

    private static IEnumerable<(int Line, string To)> OfRazor(SourceFile file) =>
        from line in file.Lines.Index()
        where line.Item.StartsWith(RazorUsing, Ordinal)
        select (line.Index + 1, line.Item[RazorUsing.Length..].Split(' ', '=')[^1].Trim());

    private static string TypeOf(SourceFile file) =>
        Directions.Namespace(Path.ChangeExtension(file.Path[Server.Length..], null));
}
