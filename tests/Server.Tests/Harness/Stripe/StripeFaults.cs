using System.Collections.Concurrent;

namespace Gatehouse.Tests.Harness.Stripe;

/// <summary>A way in which a request goes wrong.</summary>
public enum StripeFault
{
    /// <summary>It never arrives.</summary>
    Dropped,

    /// <summary>All is done, and the answer never arrives.</summary>
    LostAfter,

    /// <summary>500 before anything was done.</summary>
    FailedBefore,

    /// <summary>500 after all was done.</summary>
    FailedAfter,

    /// <summary>409: another request under the same key is at work.</summary>
    Conflict,

    /// <summary>429.</summary>
    TooMany,
}

/// <summary>What goes wrong: what a test asked for, each once, and by chance what it set.</summary>
public sealed class StripeFaults
{
    private readonly ConcurrentQueue<StripeFault?> planned = new();
    private readonly Lock turn = new();
    private uint dice = 12345;

    /// <summary>How many of a hundred requests go wrong, by fault.</summary>
    public IReadOnlyDictionary<StripeFault, int> Percent { get; set; } = new Dictionary<StripeFault, int>();

    /// <summary>How many went wrong.</summary>
    public int Count { get; private set; }

    /// <summary>Lets one of the next requests fail; null lets one pass.</summary>
    public void Plan(params StripeFault?[] faults)
    {
        foreach (var fault in faults) planned.Enqueue(fault);
    }

    internal StripeFault? Next()
    {
        if (planned.TryDequeue(out var fault)) return fault;
        lock (turn)
        {
            dice = (dice * 1664525) + 1013904223;
            var roll = (int)(dice >> 16) % 100;
            foreach (var (kind, percent) in Percent)
            {
                if (roll < percent)
                {
                    Count++;
                    return kind;
                }

                roll -= percent;
            }
        }

        return null;
    }
}
