using Gatehouse.Tests.Tidy;
using Xunit;

namespace Gatehouse.Tests;

/// <summary>
/// Golden files: texts that were read once, approved and kept in tests/Server.Tests/Golden. After a change on purpose
/// run the tests with GATEHOUSE_UPDATE_GOLDEN=1 and read the difference in git before committing it.
/// </summary>
public static class Golden
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Server.Tests", "Golden");

    public enum Mode
    {
        /// <summary>A file that is missing is written, any other is compared.</summary>
        Learn,

        /// <summary>Every file is written anew.</summary>
        Update,

        /// <summary>Nothing is written: a missing file is a mistake. So it is with CI set.</summary>
        Compare,
    }

    /// <summary>Holds a text to the golden file of that name, such as <c>Mail/ConfirmAddressMail.txt</c>.</summary>
    public static void Matches(string name, string actual) =>
        Matches(Folder, name, actual, ModeOf(Environment.GetEnvironmentVariable));

    internal static Mode ModeOf(Func<string, string?> environment) =>
        environment("CI") is { Length: > 0 } ? Mode.Compare
        : environment("GATEHOUSE_UPDATE_GOLDEN") == "1" ? Mode.Update
        : Mode.Learn;

    internal static void Matches(string folder, string name, string actual, Mode mode)
    {
        var path = Path.Combine(folder, name);
        var text = actual.ReplaceLineEndings("\n");
        if (mode == Mode.Update || (mode == Mode.Learn && !File.Exists(path)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
            return;
        }
        Assert.True(File.Exists(path), $"Golden/{name} is missing. Run without CI set, read the file, commit it.");
        var golden = File.ReadAllText(path).ReplaceLineEndings("\n");
        Assert.True(golden == text, Difference(name, golden, text));
    }

    private static string Difference(string name, string golden, string actual)
    {
        var (expected, got) = (golden.Split('\n'), actual.Split('\n'));
        var line = expected.Zip(got).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"""
            Golden/{name} differs at line {line + 1}:
            - {expected.ElementAtOrDefault(line) ?? "(the end)"}
            + {got.ElementAtOrDefault(line) ?? "(the end)"}
            If that is right, run the tests with GATEHOUSE_UPDATE_GOLDEN=1 and read the difference in git.
            """;
    }
}
