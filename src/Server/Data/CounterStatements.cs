using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Data;

/// <summary>Counting as single statements, so that no number of requests at once gets past a limit.</summary>
public static class CounterStatements
{
    /// <summary>
    /// Counts one more, if the limit allows it: null when it did, otherwise when it will (milliseconds since 1970). The
    /// span of time begins with the first event. With a pause, the event that reaches the limit starts it, and each
    /// later one doubles it, up to an hour; without, the limit holds until the span ends.
    /// </summary>
    /// <param name="db">The database.</param>
    /// <param name="key">Whom it counts.</param>
    /// <param name="most">The limit.</param>
    /// <param name="window">Length of the span in milliseconds.</param>
    /// <param name="pause">The first pause in milliseconds; 0 for none.</param>
    /// <param name="now">Milliseconds since 1970.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<long?> TryCount(
        this Db db, string key, int most, long window, long pause, long now, CancellationToken stop)
    {
        var firstPause = most == 1 && pause > 0 ? now + pause : 0;
        var passed = await db.Database.ExecuteSqlAsync($"""
            INSERT INTO counters (key, count, paused_until, ends_at) VALUES ({key}, 1, {firstPause}, {now + window})
            ON CONFLICT (key) DO UPDATE SET
                count = CASE WHEN counters.ends_at <= {now} THEN 1 ELSE counters.count + 1 END,
                paused_until = CASE
                    WHEN counters.ends_at <= {now} THEN {firstPause}
                    WHEN {pause} > 0 AND counters.count + 1 - {most} > 6 THEN {now + MillisecondsAnHour}
                    WHEN {pause} > 0 AND counters.count + 1 >= {most}
                        THEN {now} + {pause} * (1 << CAST(counters.count + 1 - {most} AS integer))
                    ELSE 0 END,
                ends_at = CASE
                    WHEN counters.ends_at <= {now} THEN {now + window}
                    WHEN {pause} > 0 AND counters.count + 1 >= {most} THEN {now + window + MillisecondsAnHour}
                    ELSE counters.ends_at END
            WHERE counters.ends_at <= {now}
                OR counters.count < {most}
                OR ({pause} > 0 AND counters.paused_until <= {now})
            """, stop);
        if (passed == 1) return null;
        var row = await db.Counters.AsNoTracking().SingleAsync(counter => counter.Key == key, stop);
        return pause > 0 ? row.PausedUntil : row.EndsAt;
    }

    /// <summary>Takes one event back, because it turned out not to be one that counts.</summary>
    public static Task Uncount(this Db db, string key, CancellationToken stop) =>
        db.Counters.Where(counter => counter.Key == key && counter.Count > 0)
            .ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Count, counter => counter.Count - 1), stop);

    /// <summary>Forgets all events.</summary>
    public static Task Forget(this Db db, string key, CancellationToken stop) =>
        db.Counters.Where(counter => counter.Key == key).ExecuteDeleteAsync(stop);

    /// <summary>Remembers that something happened, until a time.</summary>
    public static Task Remember(this Db db, string key, long until, CancellationToken stop) =>
        db.Database.ExecuteSqlAsync($"""
            INSERT INTO counters (key, count, paused_until, ends_at) VALUES ({key}, 1, 0, {until})
            ON CONFLICT (key) DO UPDATE SET ends_at = {until}
            """, stop);

    private static readonly long MillisecondsAnHour = (long)TimeSpan.FromHours(1).TotalMilliseconds;
}
