namespace Gatehouse.EndToEnd.Tests.Harness;

/// <summary>The published programs, as people run them; the launcher builds what is missing or old.</summary>
public static class Published
{
    private static readonly Lazy<Task<string>> LazyServer = new(() => Find("GATEHOUSE_SERVER_DIR", "serve", "server"));
    private static readonly Lazy<Task<string>> LazyCli = new(() => Find("GATEHOUSE_CLI_DIR", "version", "cli"));

    /// <summary>The root of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>The launcher.</summary>
    public static string Launcher => Path.Combine(Repository, "gatehouse");

    /// <summary>The server's binary.</summary>
    public static async Task<string> Server() => Path.Combine(await LazyServer.Value, "Gatehouse.Server");

    /// <summary>The command line's binary.</summary>
    public static async Task<string> Cli() => Path.Combine(await LazyCli.Value, "gatehouse-cli");

    private static async Task<string> Find(string variable, string command, string folder)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given)
            return given;
        var build = await ChildProcess.Run(
            Launcher, [command], Repository, [KeyValuePair.Create("GATEHOUSE_ONLY_BUILD", (string?)"1")]);
        return build.ExitCode == 0
            ? Path.Combine(Repository, "artifacts", folder)
            : throw new InvalidOperationException($"{Launcher} could not build:\n{build.Stderr}");
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Gatehouse.slnx")))
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run outside the repository");
        return folder.FullName;
    }
}
