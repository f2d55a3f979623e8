using Xunit;

namespace Gatehouse.EndToEnd.Tests.Harness;

/// <summary>
/// Something a test needs from the machine. Where it is missing the test is skipped and says so; with <c>CI</c> set
/// it fails, since a suite that skips itself would be green when nothing ran.
/// </summary>
/// <param name="Name">What people call it.</param>
/// <param name="Path">Where it is; null where it is missing.</param>
/// <param name="Slow">Whether ./check --fast leaves it out.</param>
/// <param name="Optional">Whether it may be missing in CI as well: nothing of ours needs it.</param>
public sealed record Component(string Name, string? Path, bool Slow = false, bool Optional = false)
{
    /// <summary>PostgreSQL's folder of programs, the newest of those installed.</summary>
    public static Component Postgres { get; } = new("PostgreSQL", FindPostgres(), Slow: true);

    /// <summary>The browser.</summary>
    public static Component Chromium { get; } = new("Chromium", OnPath("chromium", "chromium-browser"), Slow: true);

    /// <summary>The linker of native code.</summary>
    public static Component Clang { get; } = new("clang", OnPath("clang"), Slow: true);

    /// <summary>A terminal that a program can look at.</summary>
    public static Component Tmux { get; } = new("tmux", OnPath("tmux"));

    /// <summary>Debian's Python, which has Debian's mail server; one of another origin on the PATH has not.</summary>
    public static Component Python { get; } = new("python3-aiosmtpd", FindDebianPython("aiosmtpd/smtp.py"));

    /// <summary>The same with the HTTP library that the original command line is made with.</summary>
    public static Component PythonRequests { get; } = new("python3-requests", FindDebianPython("requests/api.py"));

    /// <summary>The HTTP client of every shell script.</summary>
    public static Component Curl { get; } = new("curl", OnPath("curl"));

    /// <summary>Reads scripts of the shell.</summary>
    public static Component ShellCheck { get; } = new("shellcheck", OnPath("shellcheck"));

    /// <summary>Judges whether everybody can use a page.</summary>
    public static Component Axe { get; } = new("axe-core of npm", NodePackages.Find("axe-core"), Slow: true);

    /// <summary>Runs samples in JavaScript. No language is installed for the sake of samples alone.</summary>
    public static Component Node { get; } = new("Node", OnPath("node"), Optional: true);

    /// <summary>An OpenID provider that is not ours.</summary>
    public static Component OpenId { get; } =
        new("npm's oidc-provider", NodePackages.Find("oidc-provider"), Slow: true);

    /// <summary>The published library that checks signatures of webhooks.</summary>
    public static Component Webhooks { get; } =
        new("npm's standardwebhooks", NodePackages.Find("standardwebhooks"), Slow: true);

    /// <summary>Compiles samples in Go.</summary>
    public static Component Go { get; } = new("Go", OnPath("go"), Optional: true);

    /// <summary>Why the tests that need it do not run here; null where they do, and where they must.</summary>
    public string? ReasonToSkip => ReasonToSkipIn(Environment.GetEnvironmentVariable);

    /// <summary>The same under other variables than those of this process.</summary>
    public string? ReasonToSkipIn(Func<string, string?> environment) => this switch
    {
        { Slow: true } when environment("GATEHOUSE_FAST") is { Length: > 0 } =>
            $"{Name} is left out of ./check --fast",
        { Path: null, Optional: true } => $"{Name} is not on this machine",
        { Path: null } when environment("CI") is null or "" => $"{Name} is not installed; ./check installs it",
        _ => null,
    };

    /// <summary>Its path. Skips the running test without it, or fails it with <c>CI</c> set.</summary>
    public string Need()
    {
        Assert.SkipWhen(ReasonToSkip is not null, ReasonToSkip ?? "");
        return Path ?? throw new InvalidOperationException($"{Name} is not installed, and with CI set it has to be");
    }

    /// <summary>The first of these programs that the PATH has.</summary>
    public static string? OnPath(params string[] programs) =>
        programs
            .SelectMany(program => SearchPath().Select(folder => System.IO.Path.Combine(folder, program)))
            .FirstOrDefault(path => File.Exists(path) && Target(path).Exists);

    /// <summary>The file itself where the path is a link, which may lead nowhere.</summary>
    private static FileSystemInfo Target(string path) =>
        File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path);

    private static string[] SearchPath() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);

    private static string? FindPostgres()
    {
        const string Debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(Debian) ? Directory.GetDirectories(Debian) : [];
        var newest = versions
            .Select(version => System.IO.Path.Combine(version, "bin", "initdb"))
            .Where(File.Exists)
            .Max(StringComparer.Ordinal);
        return (newest ?? OnPath("initdb")) is { } initdb
            ? System.IO.Path.GetDirectoryName(Target(initdb).FullName)
            : null;
    }

    private static string? FindDebianPython(string module) =>
        File.Exists($"/usr/lib/python3/dist-packages/{module}") ? "/usr/bin/python3" : null;
}
