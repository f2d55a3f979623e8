using System.Diagnostics;
using Xunit;
using static System.StringComparison;

namespace Gatehouse.Tests.Tidy;

/// <summary>The hand-written text files of this repository, or a few invented ones as a specimen.</summary>
internal sealed record Repository(IReadOnlyList<SourceFile> Files)
{
    /// <summary>The folder of Gatehouse.slnx, found upwards from the test's own binaries.</summary>
    public static string Root { get; } = Ancestors(AppContext.BaseDirectory)
        .First(folder => File.Exists(Path.Combine(folder, "Gatehouse.slnx")));

    /// <summary>What git tracks, and what it would track after <c>git add</c>.</summary>
    public static Repository Here { get; } =
        new([.. Tracked().Where(IsHandWritten).Select(Read).OfType<SourceFile>()])
        {
            Pictures = [.. Tracked().Where(path => path.EndsWith(".png", Ordinal))],
        };

    /// <summary>What is tracked as well, though nobody reads it as text.</summary>
    public IReadOnlyList<string> Pictures { get; private init; } = [];

    public static Repository Of(string path, string text) => new([new SourceFile(path, text)]);

    public SourceFile? Find(string path) => Files.FirstOrDefault(file => file.Path == path);

    public IEnumerable<SourceFile> Code(string folder) => Files.Where(file => file.IsCode && file.IsUnder(folder));

    /// <summary>True for a tracked file and for a folder with one in it.</summary>
    public bool Has(string path) =>
        Files.Any(file => file.Path == path || file.IsUnder(path.TrimEnd('/') + "/"))
        || Pictures.Contains(path);

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent) yield return at.FullName;
    }

    private static string[] Tracked()
    {
        // safe.directory: a build machine often checks out as one user and tests as another.
        string[] arguments =
            ["-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"];
        using var git = Process.Start(new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = Root,
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var paths = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.True(git.ExitCode == 0, "The house rules are held against what git tracks, and git ls-files failed.");
        return [.. paths.Split('\0', StringSplitOptions.RemoveEmptyEntries).Distinct()];
    }

    private static bool IsHandWritten(string path) =>
        !path.Contains("/Migrations/") && !path.EndsWith("lock.json", Ordinal) && File.Exists(Path.Combine(Root, path));

    private static SourceFile? Read(string path)
    {
        var text = File.ReadAllText(Path.Combine(Root, path));
        return text.Contains('\0') ? null : new SourceFile(path, text);
    }
}
