namespace Gatehouse.EndToEnd.Tests.Harness;

/// <summary>
/// The published command line as one person uses it: with a home directory of its own, where its credentials and its
/// configuration live from one command to the next.
/// </summary>
public sealed class Cli(Uri server) : IDisposable
{
    private readonly TemporaryFolder home = new();
    private string? link;

    /// <summary>The home directory.</summary>
    public string Home => home.Path;

    /// <summary>The file of credentials.</summary>
    public string Netrc => home[".netrc"];

    /// <summary>Calls it by another name from now on: a symbolic link to the launcher.</summary>
    public void CallIt(string name) => link = File.CreateSymbolicLink(home[name], Published.Launcher).FullName;

    /// <summary>Runs a command off a terminal, each answer a line of standard input.</summary>
    public async Task<Outcome> Run(string[] arguments, params string[] input) =>
        await ChildProcess.Run(await Program(), arguments, home.Path, Environment(), input);

    /// <summary>Starts a command off a terminal, for a test that types its answers one by one.</summary>
    public async Task<ChildProcess> Start(params string[] arguments) =>
        ChildProcess.Start(await Program(), arguments, home.Path, Environment());

    /// <summary>Starts a command in a real terminal.</summary>
    public async Task<Terminal> RunInTerminal(params string[] arguments) =>
        await Terminal.Start(await Program(), arguments, home.Path, Environment());

    /// <inheritdoc/>
    public void Dispose() => home.Dispose();

    private async Task<string> Program() => link ?? await Published.Cli();

    private Dictionary<string, string?> Environment() => new(StringComparer.Ordinal)
    {
        ["HOME"] = home.Path,
        ["XDG_CONFIG_HOME"] = home[".config"],
        ["XDG_STATE_HOME"] = home[".state"],
        ["GATEHOUSE_HOST"] = server.ToString(),
        ["GATEHOUSE_CALLED_AS"] = "gatehouse",
    };
}
