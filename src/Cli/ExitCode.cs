namespace Gatehouse.Cli;

/// <summary>
/// What a run tells the shell. <c>help exit-codes</c> prints this table; scripts rely on it, so it only grows.
/// </summary>
/// <param name="Number">The process's exit status.</param>
/// <param name="Meaning">One line for people.</param>
internal sealed record ExitCode(int Number, string Meaning)
{
    /// <summary>Everything that was asked for has happened.</summary>
    public static readonly ExitCode Done = new(0, "done");

    /// <summary>The server refused the request or failed, or a local file could not be used.</summary>
    public static readonly ExitCode Error = new(1, "error");

    /// <summary>The command line is wrong, or an answer is missing and must not or cannot be asked for.</summary>
    public static readonly ExitCode Usage = new(2, "wrong usage, or an answer is missing");

    /// <summary>The user said no, pressed Ctrl-C or closed the input.</summary>
    public static readonly ExitCode Cancelled = new(3, "cancelled or declined by you");

    /// <summary>No valid key for this server, or the log-in was refused.</summary>
    public static readonly ExitCode NotLoggedIn = new(4, "not logged in, or log-in refused");

    /// <summary>The account may not do this, or its tier does not include it.</summary>
    public static readonly ExitCode Forbidden = new(5, "forbidden, or not in this tier");

    /// <summary>Too many attempts, a limit of the tier, or a bill comes first.</summary>
    public static readonly ExitCode LimitReached = new(6, "limit reached or payment needed");

    /// <summary>Somebody else changed or took it first.</summary>
    public static readonly ExitCode Conflict = new(7, "conflict");

    /// <summary>The server cannot be reached, or not safely.</summary>
    public static readonly ExitCode Network = new(8, "network");

    /// <summary>All of them, in the order of their numbers.</summary>
    public static readonly IReadOnlyList<ExitCode> All =
        [Done, Error, Usage, Cancelled, NotLoggedIn, Forbidden, LimitReached, Conflict, Network];
}
