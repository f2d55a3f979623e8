using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Gatehouse.Data;

/// <summary>
/// Notices that PostgreSQL answers nobody any more, and lends the thread pool a thread for each connection in use. When
/// the time of a statement is over, Npgsql asks over a second connection to cancel it, and holds a thread until nobody
/// answers there either. With as few threads as cores one request after the other would wait for its turn to be
/// refused; with as many as that all the time, a busy server would do half as much.
/// </summary>
internal sealed class HangWatch : DbConnectionInterceptor
{
    /// <summary>One for the process, as its thread pool is.</summary>
    public static readonly HangWatch OfProcess = new();

    // A second without an answer is noticed before two are over, which is when statements are given up.
    private const int LooksToNotice = 4;
    private const int MostLent = 200;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    private readonly int usual;
    private readonly ITimer timer;
    private int inUse;
    private int given;
    private int givenBefore;
    private int idleLooks;

    private HangWatch()
    {
        ThreadPool.GetMinThreads(out usual, out _);
        timer = TimeProvider.System.CreateTimer(_ => Look(), null, BetweenLooks, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Counts a connection that is opened past the object mapper until the answer is disposed.</summary>
    public Use Watch()
    {
        Interlocked.Increment(ref inUse);
        return new Use(this);
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        Interlocked.Increment(ref inUse);

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref inUse);
        return Task.CompletedTask;
    }

    public override void ConnectionClosed(DbConnection connection, ConnectionEndEventData eventData) => GiveBack();

    public override Task ConnectionClosedAsync(DbConnection connection, ConnectionEndEventData eventData)
    {
        GiveBack();
        return Task.CompletedTask;
    }

    private void GiveBack()
    {
        Interlocked.Decrement(ref inUse);
        Interlocked.Increment(ref given);
    }

    /// <summary>While connections come back, however slowly, the machine is busy and nothing hangs.</summary>
    private void Look()
    {
        var (waiting, now) = (Volatile.Read(ref inUse), Volatile.Read(ref given));
        idleLooks = waiting > 0 && now == givenBefore ? idleLooks + 1 : 0;
        givenBefore = now;
        ThreadPool.GetMinThreads(out var least, out var ports);
        var wanted = idleLooks < LooksToNotice ? usual : usual + Math.Min(waiting, MostLent);
        if (wanted != least) ThreadPool.SetMinThreads(wanted, ports);
        timer.Change(BetweenLooks, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A connection in use.</summary>
    public readonly struct Use(HangWatch watch) : IDisposable
    {
        public void Dispose() => watch.GiveBack();
    }
}
