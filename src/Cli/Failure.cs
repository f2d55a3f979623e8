using Gatehouse.Cli.Output;

namespace Gatehouse.Cli;

/// <summary>Ends a command: what went wrong, what to do about it, and what the shell is told.</summary>
/// <param name="code">The exit status.</param>
/// <param name="message">One or more whole sentences. Server text may be in it: the terminal makes it inert.</param>
/// <param name="hint">The next step, if there is an obvious one.</param>
internal sealed class Failure(ExitCode code, string message, string? hint = null) : Exception(message)
{
    public ExitCode Code => code;

    public string? Hint => hint;

    /// <summary>The limit that stood in the way, shown instead of the sentence; null for other failures.</summary>
    public LimitCard? Card { get; init; }

    /// <summary>The command line is wrong, or an answer is missing (exit code 2).</summary>
    public static Failure Usage(string message, string? hint = null) => new(ExitCode.Usage, message, hint);

    /// <summary>No key for this server, or one it does not accept (exit code 4).</summary>
    public static Failure NotLoggedIn(string server, string program) =>
        new(ExitCode.NotLoggedIn, $"Not logged in at {server}; run `{program} login`.");
}
