using System.Collections.Concurrent;
using Gatehouse.Domain;

namespace Gatehouse.Platform;

/// <summary>
/// Counts keys that are well formed and unknown. The count is in the database; that an address has to pause is also
/// remembered here, so that while it pauses it does not reach the database at all.
/// </summary>
public sealed class ApiKeyFailures(
    PausedAddresses paused, Rarely<RateLimits> limits, Settings settings, TimeProvider clock)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>How long the caller's address still has to pause; null when it need not.</summary>
    public TimeSpan? Pause(Caller caller) => paused.Remaining(caller.Host, clock.UtcNow());

    /// <summary>Counts one; refuses with <see cref="Reason.TooManyAttempts"/> when it is one too many.</summary>
    public async Task<Refusal?> Count(Caller caller, CancellationToken stop)
    {
        var limit = new Limit("api-key-failures", caller.Host, settings.Limits.ApiKeyFailuresPerAddress, Minute);
        var refusal = (await limits.Get().Take([limit], stop)).Refusal;
        if (refusal?.RetryAfter is { } wait) paused.Add(caller.Host, clock.UtcNow() + wait);
        return refusal;
    }
}

/// <summary>The addresses that pause, as far as this node knows.</summary>
public sealed class PausedAddresses
{
    private const int Most = 100_000;
    private readonly ConcurrentDictionary<string, DateTime> until = new(StringComparer.Ordinal);

    public TimeSpan? Remaining(string address, DateTime now)
    {
        if (!until.TryGetValue(address, out var end)) return null;
        if (end > now) return end - now;
        until.TryRemove(address, out _);
        return null;
    }

    /// <summary>Bounded: when it is full it starts anew, and the counts in the database go on deciding.</summary>
    public void Add(string address, DateTime end)
    {
        if (until.Count >= Most) until.Clear();
        until[address] = end;
    }
}
