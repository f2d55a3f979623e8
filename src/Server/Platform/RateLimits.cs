using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Platform;

/// <summary>One limit applied to one subject.</summary>
/// <param name="Name">Names the limit in the counter's key.</param>
/// <param name="Subject">Whom it counts; only a keyed hash of it is stored.</param>
/// <param name="Most">How many; 0 for no limit.</param>
/// <param name="Window">In what time.</param>
/// <param name="Pause">The first pause when it is reached; without one it holds until the window ends.</param>
public sealed record Limit(string Name, string Subject, int Most, TimeSpan Window, TimeSpan Pause = default);

/// <summary>
/// Counts events against limits, in the database that all nodes share. An attempt is counted before it is judged, so
/// that guesses in parallel do not slip past the count; one that turns out fine is given back.
/// </summary>
public sealed class RateLimits(Db db, MasterKey key, TimeProvider clock)
{
    /// <summary>
    /// Counts one event against all limits, or against none and refuses with <see cref="Reason.TooManyAttempts"/> when
    /// one of them is reached.
    /// </summary>
    public async Task<Outcome<Done>> Take(IEnumerable<Limit> limits, CancellationToken stop)
    {
        // The same order everywhere, so that two nodes never wait for each other's rows.
        var active = limits
            .Where(limit => limit.Most > 0)
            .OrderBy(limit => limit.Name, StringComparer.Ordinal)
            .ToList();
        // A flood is mostly refused by looking, without a place in the queue for the rows that everybody counts in.
        if (await LongestWait(active, stop) is { } wait) return new Refusal(Reason.TooManyAttempts, RetryAfter: wait);
        return db.Database.CurrentTransaction is null
            ? await db.Write(() => TakeAll(active, stop), stop)
            : await TakeAll(active, stop);
    }

    /// <summary>Gives one event back.</summary>
    public async Task GiveBack(IEnumerable<Limit> limits, CancellationToken stop)
    {
        foreach (var limit in limits.Where(limit => limit.Most > 0)) await db.Uncount(KeyOf(limit), stop);
    }

    /// <summary>Forgets all events of a limit.</summary>
    public async Task Reset(IEnumerable<Limit> limits, CancellationToken stop)
    {
        foreach (var limit in limits) await db.Forget(KeyOf(limit), stop);
    }

    /// <summary>Remembers a fact about a subject for a time.</summary>
    public Task Remember(string fact, string subject, TimeSpan life, CancellationToken stop) =>
        db.Remember(KeyOf(fact, subject), Milliseconds(clock.UtcNow() + life), stop);

    /// <summary>Says whether a fact about a subject is remembered.</summary>
    public Task<bool> Remembers(string fact, string subject, CancellationToken stop)
    {
        var (name, now) = (KeyOf(fact, subject), Milliseconds(clock.UtcNow()));
        return db.Counters.AnyAsync(counter => counter.Key == name && counter.EndsAt > now, stop);
    }

    /// <summary>How long the limits that are reached already hold; null when none is. Decides nothing else.</summary>
    private async Task<TimeSpan?> LongestWait(List<Limit> limits, CancellationToken stop)
    {
        var (now, names) = (clock.UtcNow(), limits.Select(KeyOf).ToList());
        var rows = await db.Counters.AsNoTracking().Where(row => names.Contains(row.Key)).ToDictionaryAsync(
            row => row.Key, StringComparer.Ordinal, stop);
        var until = limits
            .Where(limit => rows.ContainsKey(KeyOf(limit)))
            .Max(limit => EndOf(limit, rows[KeyOf(limit)], Milliseconds(now)));
        return until is { } end ? DateTimeOffset.FromUnixTimeMilliseconds(end).UtcDateTime - now : null;
    }

    private static long? EndOf(Limit limit, Counter row, long now)
    {
        if (row.EndsAt <= now || row.Count < limit.Most) return null;
        if (limit.Pause == default) return row.EndsAt;
        return row.PausedUntil > now ? row.PausedUntil : null;
    }

    private async Task<Outcome<Done>> TakeAll(List<Limit> limits, CancellationToken stop)
    {
        var now = clock.UtcNow();
        for (var i = 0; i < limits.Count; i++)
        {
            if (await TakeOne(limits[i], Milliseconds(now), stop) is not { } until) continue;
            await GiveBack(limits.Take(i), stop);
            var wait = DateTimeOffset.FromUnixTimeMilliseconds(until).UtcDateTime - now;
            return new Refusal(Reason.TooManyAttempts, RetryAfter: wait);
        }

        return Done.It;
    }

    private Task<long?> TakeOne(Limit limit, long now, CancellationToken stop) => db.TryCount(
        KeyOf(limit), limit.Most, (long)limit.Window.TotalMilliseconds, (long)limit.Pause.TotalMilliseconds, now, stop);

    private string KeyOf(Limit limit) => KeyOf(limit.Name, limit.Subject);

    private string KeyOf(string name, string subject) =>
        $"{name}:{Convert.ToHexStringLower(key.Hash(HashPurpose.Counter, $"{name}\n{subject}"))}";

    private static long Milliseconds(DateTime time) => new DateTimeOffset(time).ToUnixTimeMilliseconds();
}
