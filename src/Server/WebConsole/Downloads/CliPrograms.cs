using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Gatehouse.Platform;

namespace Gatehouse.WebConsole.Downloads;

/// <summary>One program of the command line that this server hands out.</summary>
/// <param name="System">What it is for, as .NET names it: <c>linux-x64</c>.</param>
/// <param name="SystemName">The same for people.</param>
/// <param name="FileName">Its address below <c>/cli/</c>.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Bytes">How long it is.</param>
/// <param name="Sum">Its SHA-256, in 64 small hexadecimal digits.</param>
internal sealed record CliProgram(
    string System, string SystemName, string FileName, string Path, long Bytes, string Sum)
{
    /// <summary>The length for people.</summary>
    public string Size => string.Create(CultureInfo.InvariantCulture, $"{Bytes / 1_000_000m:0.0} MB");
}

/// <summary>
/// The programs of the command line in the folder of <c>Cli:Directory</c>: <c>gatehouse-linux-x64</c> and the like, and
/// <c>gatehouse-cli</c>, as the launcher builds it for this very system. A program that comes or goes while the server
/// runs is seen with the next request; it is summed once, and again when its time stamp has changed.
/// </summary>
internal sealed class CliPrograms(Settings settings)
{
    /// <summary>Where programs are looked for unless a setting says so: where the launcher puts its own.</summary>
    private const string BesideTheServer = "../cli";

    private static readonly (string System, string Name)[] Systems =
    [
        ("linux-x64", "Linux, x86-64"),
        ("linux-arm64", "Linux, ARM64"),
        ("linux-musl-x64", "Linux with musl, x86-64"),
        ("linux-musl-arm64", "Linux with musl, ARM64"),
        ("osx-arm64", "macOS, Apple silicon"),
        ("osx-x64", "macOS, Intel"),
        ("win-x64", "Windows, x86-64"),
        ("win-arm64", "Windows, ARM64"),
    ];

    private readonly ConcurrentDictionary<string, (long Bytes, DateTime WrittenAt, string Sum)> sums =
        new(StringComparer.Ordinal);

    private string Folder => settings.Cli.Directory is { Length: > 0 } given
        ? given
        : Path.Combine(AppContext.BaseDirectory, BesideTheServer);

    /// <summary>All that there are now.</summary>
    public IReadOnlyList<CliProgram> All =>
        [.. Systems.Select(system => Find(system.System, system.Name)).OfType<CliProgram>()];

    private CliProgram? Find(string system, string name)
    {
        var fileName = $"gatehouse-{system}{(system.StartsWith("win", StringComparison.Ordinal) ? ".exe" : "")}";
        var path = Path.GetFullPath(Path.Combine(Folder, fileName));
        if (!File.Exists(path) && system == ThisSystem) path = Path.GetFullPath(Path.Combine(Folder, "gatehouse-cli"));
        // What was built without a linker of native code needs .NET and the files beside it.
        if (File.Exists($"{path}.dll")) return null;
        try
        {
            var file = new FileInfo(path);
            return file.Exists ? new CliProgram(system, name, fileName, path, file.Length, SumOf(file)) : null;
        }
        catch (IOException)
        {
            return null; // the launcher puts a new build in its place at this moment
        }
    }

    private string SumOf(FileInfo file)
    {
        var (bytes, writtenAt) = (file.Length, file.LastWriteTimeUtc);
        if (sums.TryGetValue(file.FullName, out var known) && known.Bytes == bytes && known.WrittenAt == writtenAt)
            return known.Sum;
        using var content = file.OpenRead();
        var sum = Convert.ToHexStringLower(SHA256.HashData(content));
        sums[file.FullName] = (bytes, writtenAt, sum);
        return sum;
    }

    private static string ThisSystem { get; } = string.Concat(
        OperatingSystem.IsMacOS() ? "osx" : OperatingSystem.IsWindows() ? "win" : "linux",
        RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? "-musl" : "",
        $"-{RuntimeInformation.ProcessArchitecture}".ToLowerInvariant());
}
