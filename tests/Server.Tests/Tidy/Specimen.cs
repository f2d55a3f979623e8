using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;
using static System.StringComparison;

namespace Gatehouse.Tests.Tidy;

/// <summary>A few lines of C#, compiled to an assembly in memory, for rules that read compiled code.</summary>
internal static class Specimen
{
    private const string Usings = "#nullable enable\nusing System; using System.Threading.Tasks;\n";

    private static readonly MetadataReference[] Platform =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static Assembly Compile(string source)
    {
        var cancel = TestContext.Current.CancellationToken;
        var code = CSharpSyntaxTree.ParseText(Usings + source, cancellationToken: cancel);
        var compilation = CSharpCompilation.Create(
            "Specimen",
            [code],
            Platform,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var image = new MemoryStream();
        var result = compilation.Emit(image, cancellationToken: cancel);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return Assembly.Load(image.ToArray());
    }
}
