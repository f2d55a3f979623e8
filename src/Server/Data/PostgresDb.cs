using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gatehouse.Data;

/// <summary>
/// PostgreSQL at READ COMMITTED: every decision is one conditional statement, which looks at the row again after it
/// waited for it.
/// </summary>
public sealed class PostgresDb(DbContextOptions<PostgresDb> options) : Db(options)
{
    public override bool IsTaken(Exception error) =>
        StateOf(error) is PostgresErrorCodes.UniqueViolation;

    public override async Task<DateTime> ReadClock(CancellationToken stop)
    {
        var rows = await Database.SqlQuery<DateTime>($"SELECT clock_timestamp() AS \"Value\"").ToListAsync(stop);
        return rows[0];
    }

    public override async Task<T> ReadAtOnce<T>(Func<Task<T>> queries, CancellationToken stop)
    {
        await using var view = await Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        var answer = await queries();
        await view.CommitAsync(stop);
        return answer;
    }

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.AddInterceptors(HangWatch.OfProcess);

    protected override bool IsCollision(Exception error) =>
        StateOf(error) is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;

    protected override Task<IDisposable?> TakeTurn(CancellationToken stop) => Task.FromResult<IDisposable?>(null);

    private static string? StateOf(Exception error) =>
        (error as PostgresException ?? error.InnerException as PostgresException)?.SqlState;
}
