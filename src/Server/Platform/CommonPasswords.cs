using System.Collections.Frozen;

namespace Gatehouse.Platform;

/// <summary>
/// The passwords that attackers try first: the list of the zxcvbn project, compared without regard to case.
/// </summary>
public static class CommonPasswords
{
    private const string List = ".Dictionaries.passwords.lst";

    private static readonly Lazy<FrozenSet<string>> All =
        new(() => Read().ToFrozenSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>How many there are.</summary>
    public static int Count => All.Value.Count;

    /// <summary>Says whether a password is among them.</summary>
    public static bool Contains(string password) => All.Value.Contains(password);

    private static IEnumerable<string> Read()
    {
        var assembly = typeof(Zxcvbn.Zxcvbn).Assembly;
        var name = assembly.GetManifestResourceNames().Single(n => n.EndsWith(List, StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        while (reader.ReadLine() is { } line) yield return line;
    }
}
