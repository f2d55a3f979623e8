using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static System.StringComparison;

namespace Gatehouse.Tests.Tidy;

/// <summary>One text file: its path from the root, with slashes, and what stands in it.</summary>
internal sealed record SourceFile(string Path, string Text)
{
    private readonly Lazy<CompilationUnitSyntax> syntax = new(() => Parse(CSharpOf(Path, Text)));
    private readonly Lazy<string[]> lines = new(() => Text.TrimEnd('\n').Split('\n'));

    public bool IsCSharp => Extension is ".cs";

    public bool IsRazor => Extension is ".razor";

    public bool IsCode => IsCSharp || IsRazor;

    public bool IsMarkdown => Extension is ".md";

    public bool IsProject => Extension is ".csproj";

    public string Name => System.IO.Path.GetFileName(Path);

    private string Extension => System.IO.Path.GetExtension(Path);

    public string Folder => Path[..^Name.Length];

    public IReadOnlyList<string> Lines => lines.Value;

    /// <summary>The C# of the file; of a Razor page the <c>@code</c> block, at its own line numbers.</summary>
    public CompilationUnitSyntax Syntax => syntax.Value;

    public bool IsUnder(string folder) => Path.StartsWith(folder, Ordinal);

    public IEnumerable<T> All<T>() where T : SyntaxNode => Syntax.DescendantNodes(descendIntoTrivia: true).OfType<T>();

    /// <summary>The path from the root of what this file calls <paramref name="target"/>.</summary>
    public string Resolve(string target)
    {
        var parts = new List<string>();
        foreach (var part in (Folder + target).Split('/'))
        {
            if (part == ".." && parts.Count > 0) parts.RemoveAt(parts.Count - 1);
            else if (part is not ("." or "")) parts.Add(part);
        }
        return string.Join('/', parts);
    }

    public Finding At(int line, string what) => new(Path, line, what);

    public Finding At(SyntaxNode node, string what) => At(node.GetLocation(), what);

    public Finding At(Location place, string what) => At(place.GetLineSpan().StartLinePosition.Line + 1, what);

    private static CompilationUnitSyntax Parse(string text) =>
        SyntaxFactory.ParseCompilationUnit(text, options: new CSharpParseOptions(LanguageVersion.Preview));

    private static string CSharpOf(string path, string text)
    {
        if (!path.EndsWith(".razor", Ordinal)) return path.EndsWith(".cs", Ordinal) ? text : "";
        var code = text.IndexOf("@code", Ordinal);
        return code < 0 ? "" : new string('\n', text[..code].Count(c => c == '\n')) + "class Page" + text[(code + 5)..];
    }
}

/// <summary>A place where a rule is broken.</summary>
internal sealed record Finding(string Path, int Line, string What)
{
    public override string ToString() => $"{Path}:{Line}: {What}";
}
