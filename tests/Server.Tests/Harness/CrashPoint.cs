namespace Gatehouse.Tests.Harness;

/// <summary>
/// Lets the process of one test's server fall over at the nth statement that it sends to its database: that statement
/// and everything behind it in the request never happens, and what was not committed is undone.
/// </summary>
public sealed class CrashPoint(TestServer server, int step) : IDisposable
{
    private readonly StatementWatch watch = new(
        server,
        statement =>
        {
            if (statement >= step) throw new InvalidOperationException("The process fell over.");
        });

    /// <summary>Whether it came to that statement.</summary>
    public bool Happened => watch.Seen >= step;

    public void Dispose() => watch.Dispose();
}
