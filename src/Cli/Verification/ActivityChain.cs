using Gatehouse.Cli.Api;

namespace Gatehouse.Cli.Verification;

/// <summary>Entries of one account in the order they were written, each chained to the one before it.</summary>
/// <param name="account">The id that every hash begins with.</param>
/// <param name="entries">The oldest first.</param>
/// <param name="isWhole">Whether the file claims to begin with the first entry there is.</param>
internal sealed class ActivityChain(string account, ActivityEntry[] entries, bool isWhole)
{
    private static readonly string Origin = new('0', 64);

    /// <summary>Recomputes everything.</summary>
    /// <exception cref="Failure">The first entry that does not fit, by its number (exit code 1).</exception>
    public VerifiedActivity Verify()
    {
        if (entries is not [var first, ..])
            throw new Failure(ExitCode.Error, "There is no activity in this file.");

        var number = isWhole ? 1 : first.Sequence ?? 1;
        var previous = number == 1 ? Origin : first.PreviousHash;
        foreach (var entry in entries)
        {
            if (Fault(entry, number, previous) is { } fault)
                throw new Failure(
                    ExitCode.Error, $"{fault}\nThis is not the activity that was written.", Fits(number, first));
            (number, previous) = (number + 1, entry.Hash);
        }

        return new VerifiedActivity(entries.Length, number - entries.Length, number - 1, previous);
    }

    private string? Fault(ActivityEntry entry, long number, string previous) => entry switch
    {
        _ when entry.Sequence != number => $"Entry {number} is missing: entry {entry.Sequence} stands in its place.",
        _ when !entry.FitsItsHash(account) => $"Entry {number} was altered: its content does not give its hash.",
        _ when !entry.FitsItsOrigin() => $"Entry {number} was altered: where it came from does not give its hash.",
        _ when entry.PreviousHash != previous => $"Entry {number} does not go on from entry {number - 1}.",
        _ => null,
    };

    private static string? Fits(long number, ActivityEntry first) => first.Sequence == number
        ? null
        : $"The entries before it, to number {number - 1}, fit.";
}
