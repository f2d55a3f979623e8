namespace Gatehouse.EndToEnd.Tests.Harness;

/// <summary>
/// A program in a real pseudo-terminal of 100 columns and 40 rows, which tmux holds: keys go in as a person types
/// them, and the screen is read as a person sees it.
/// </summary>
public sealed class Terminal : IAsyncDisposable
{
    private const string ExitMark = "[exit code ";

    private readonly TemporaryFolder folder;

    private Terminal(TemporaryFolder folder) => this.folder = folder;

    /// <summary>Starts a program; its exit code is shown on the screen after its end.</summary>
    public static async Task<Terminal> Start(
        string program, string[] arguments, string place, IEnumerable<KeyValuePair<string, string?>> environment)
    {
        Component.Tmux.Need();
        var terminal = new Terminal(new TemporaryFolder());
        var variables = environment.SelectMany(variable => new[] { "-e", $"{variable.Key}={variable.Value}" });
        await terminal.Tmux(
            [
                "new-session", "-d", "-x", "100", "-y", "40", "-c", place, .. variables,
                "sh", "-c", $"trap : INT; \"$@\"; printf '\\n{ExitMark}%s]' $?; read -r _", "sh", program, .. arguments,
            ]);
        return terminal;
    }

    /// <summary>What the screen shows now.</summary>
    public async Task<string> Screen() => (await Tmux(["capture-pane", "-p", "-J"])).TrimEnd();

    /// <summary>Waits until the screen shows a text and gives the screen.</summary>
    public async Task<string> Shows(string text)
    {
        var screen = "";
        return await Eventually.Get(
            async () => (screen = await Screen()).Contains(text, StringComparison.Ordinal) ? screen : null,
            () => $"The terminal does not show '{text}' but:\n{screen}");
    }

    /// <summary>Types a text, without Enter.</summary>
    public Task Type(string text) => Tmux(["send-keys", "-l", "--", text]);

    /// <summary>Presses a key by its tmux name: <c>Enter</c>, <c>Up</c>, <c>C-c</c>.</summary>
    public Task Press(string key) => Tmux(["send-keys", key]);

    /// <summary>Waits for a question, types the answer and presses Enter.</summary>
    public async Task Answer(string question, string answer)
    {
        await Shows(question);
        await Type(answer);
        await Press("Enter");
    }

    /// <summary>Waits for the program's end and gives its exit code.</summary>
    public async Task<int> Exit()
    {
        var screen = await Shows(ExitMark);
        return int.Parse(screen.Split(ExitMark)[^1].TrimEnd(']'), null);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Run(["kill-server"]);
        folder.Dispose();
    }

    private async Task<string> Tmux(string[] arguments)
    {
        var outcome = await Run(arguments);
        return outcome.ExitCode == 0
            ? outcome.Stdout
            : throw new InvalidOperationException($"tmux {arguments[0]}: {outcome.Stderr}");
    }

    private Task<Outcome> Run(string[] arguments) => ChildProcess.Run(
        Component.Tmux.Need(), ["-S", folder["socket"], "-f", "/dev/null", .. arguments], folder.Path);
}
