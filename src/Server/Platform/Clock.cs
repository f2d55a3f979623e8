namespace Gatehouse.Platform;

/// <summary>
/// The one clock of the process. In Development it can be moved forward, so that a month passes in a minute.
/// </summary>
public sealed class Clock(TimeProvider source) : TimeProvider
{
    private long offsetTicks;

    /// <summary>The clock underneath, which nothing moves.</summary>
    public TimeProvider Source => source;

    /// <summary>Moves the clock forward; never back, so that nothing that ended comes alive again.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        Interlocked.Add(ref offsetTicks, by.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => source.GetUtcNow().AddTicks(Interlocked.Read(ref offsetTicks));

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => source.TimestampFrequency;

    public override long GetTimestamp() => source.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        source.CreateTimer(callback, state, dueTime, period);
}

/// <summary>The time as this product writes it down.</summary>
public static class Now
{
    /// <summary>
    /// UTC, cut to whole microseconds: the finest that both databases keep, so a value read equals the one written.
    /// </summary>
    public static DateTime UtcNow(this TimeProvider clock)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
