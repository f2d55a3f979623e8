namespace Gatehouse.Cli;

/// <summary>What a run finds on its machine: the environment, and the directories that follow from it.</summary>
/// <param name="Variable">An environment variable, or null.</param>
/// <param name="ProgramPath">The first word of the command line: how this program was started.</param>
internal sealed record Surroundings(Func<string, string?> Variable, string ProgramPath)
{
    /// <summary>Of this process.</summary>
    public static Surroundings OfProcess() =>
        new(Environment.GetEnvironmentVariable, Environment.GetCommandLineArgs()[0]);

    /// <summary>
    /// The name people call this program by. The launcher passes it on, so that a symlink with an operator's own brand
    /// shows that brand in help and messages.
    /// </summary>
    public string ProgramName
    {
        get
        {
            var name = Path.GetFileName(NonEmpty("GATEHOUSE_CALLED_AS") ?? ProgramPath);
            var bare = Path.GetExtension(name) is ".dll" or ".exe" ? Path.GetFileNameWithoutExtension(name) : name;
            return bare is "" or "gatehouse-cli" ? "gatehouse" : bare;
        }
    }

    /// <summary>The user's home directory.</summary>
    public string Home =>
        NonEmpty("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    /// <summary>Where settings are kept (XDG base directories).</summary>
    public string ConfigDirectory =>
        Path.Combine(NonEmpty("XDG_CONFIG_HOME") ?? Path.Combine(Home, ".config"), "gatehouse");

    /// <summary>Where things in progress are kept (XDG base directories).</summary>
    public string StateDirectory =>
        Path.Combine(NonEmpty("XDG_STATE_HOME") ?? Path.Combine(Home, ".local", "state"), "gatehouse");

    /// <summary>The credentials file that curl, git and the HTTP libraries read too.</summary>
    public string NetrcPath =>
        NonEmpty("NETRC") ?? Path.Combine(Home, OperatingSystem.IsWindows() ? "_netrc" : ".netrc");

    /// <summary>An environment variable; one that is set to nothing counts as not set.</summary>
    public string? NonEmpty(string variable) => Variable(variable) is { Length: > 0 } value ? value : null;
}
