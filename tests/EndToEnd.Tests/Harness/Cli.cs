namespace Gatehouse.EndToEnd.Tests.Harness;

/// <summary>
/// The published command line as one person uses it: with a home directory of its own, where its credentials and its
/// configuration live from one command to the next.
/// </summary>
public sealed class Cli(Uri server) : IDisposable
{
    private readonly TemporaryFolder home = new();

    /// <summary>The home directory.</summary>
    public string Home => home.Path;

    /// <summary>The file of credentials.</summary>
    public string Netrc => home[".netrc"];

    /// <summary>Runs a command off a terminal, each answer a line of standard input.</summary>
    public async Task<Outcome> Run(string[] arguments, params string[] input) =>
        await ChildProcess.Run(await Published.Cli(), arguments, home.Path, Environment(), input);

    /// <summary>Starts a command in a real terminal.</summary>
    public async Task<Terminal> RunInTerminal(params string[] arguments) =>
        await Terminal.Start(await Published.Cli(), arguments, home.Path, Environment());

    /// <inheritdoc/>
    public void Dispose() => home.Dispose();

    private Dictionary<string, string?> Environment() => new(StringComparer.Ordinal)
    {
        ["HOME"] = home.Path,
        ["XDG_CONFIG_HOME"] = home[".config"],
        ["GATEHOUSE_HOST"] = server.ToString(),
        ["GATEHOUSE_CALLED_AS"] = "gatehouse",
    };
}
