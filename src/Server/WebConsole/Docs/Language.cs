namespace Gatehouse.WebConsole.Docs;

/// <summary>A language that every sample is written in.</summary>
/// <param name="Slug">Its short name in addresses.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Fence">How Markdown calls it.</param>
/// <param name="Needs">What has to be there to run a sample as it stands.</param>
/// <param name="Write">Writes a sample for the server at an address: a program that prints what came back.</param>
public sealed record Language(
    string Slug, string Name, string Fence, string Needs, Func<Sample, string, string> Write)
{
    /// <summary>In the order in which they are offered; the first one is shown unasked.</summary>
    public static IReadOnlyList<Language> All { get; } =
    [
        new("curl", "curl", "sh", "curl 7.82 or newer, in any shell", CurlSample.Write),
        new("javascript", "JavaScript", "js", "Node 18 or newer: save it as sample.mjs", JavaScriptSample.Write),
        new("python", "Python", "python", "Python 3 with the package requests", PythonSample.Write),
        new("go", "Go", "go", "Go 1.18 or newer: go run sample.go", GoSample.Write),
        new("csharp", "C#", "csharp", ".NET 10: dotnet run sample.cs", CSharpSample.Write),
    ];

    /// <summary>The one of that short name; the first one where there is none.</summary>
    public static Language Of(string? slug) => All.FirstOrDefault(language => language.Slug == slug) ?? All[0];
}
