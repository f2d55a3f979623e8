namespace Gatehouse.EndToEnd.Tests.Harness;

/// <summary>
/// Packages of npm that tests use: the lines of <c>node-packages.txt</c>, which <c>./check</c> installs into a cache
/// outside the repository, each in a folder named after it.
/// </summary>
public static class NodePackages
{
    private static readonly string Cache = Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetEnvironmentVariable("HOME") ?? "", ".cache"),
        "gatehouse",
        "node");

    /// <summary>The folder of a package in the version that is asked for; null where it is not installed.</summary>
    public static string? Find(string name)
    {
        var wanted = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "node-packages.txt"))
            .Single(line => line.StartsWith($"{name}@", StringComparison.Ordinal));
        var folder = Path.Combine(Cache, wanted, "node_modules", name);
        return Directory.Exists(folder) ? folder : null;
    }
}
