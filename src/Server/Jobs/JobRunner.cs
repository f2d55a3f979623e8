using Gatehouse.Platform;

namespace Gatehouse.Jobs;

/// <summary>
/// Runs the schedule: every job in a turn of its own, so that a mail server which answers nobody holds up mail and
/// nothing else. A job that fails is logged and runs again at its next time.
/// </summary>
public sealed class JobRunner(
    IServiceScopeFactory scopes, TimeProvider clock, Telemetry telemetry, ILogger<JobRunner> log)
    : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly IReadOnlyList<Turn> turns = [.. Schedule.Jobs.Select(job => new Turn(job))];

    /// <summary>Runs whatever is due now, one after the other, and comes back when it is done.</summary>
    public async Task RunDue(CancellationToken stop)
    {
        foreach (var turn in turns) await RunDue(turn, stop);
    }

    public override void Dispose()
    {
        foreach (var turn in turns) turn.Free.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(turns.Select(turn => Keep(turn, stoppingToken)));

    private async Task Keep(Turn turn, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        while (await timer.WaitForNextTickAsync(stop)) await RunDue(turn, stop);
    }

    private async Task RunDue(Turn turn, CancellationToken stop)
    {
        await turn.Free.WaitAsync(stop);
        try
        {
            if (turn.DueAt <= clock.UtcNow()) await Run(turn, stop);
        }
        finally
        {
            turn.Free.Release();
        }
    }

    private async Task Run(Turn turn, CancellationToken stop)
    {
        turn.DueAt = clock.UtcNow() + turn.Job.Every;
        var (name, start, failed) = (turn.Job.Type.Name, clock.GetTimestamp(), false);
        using var trace = telemetry.BeginJob(name);
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            await ((IJob)scope.ServiceProvider.GetRequiredService(turn.Job.Type)).Run(stop);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            failed = true;
            log.LogError(failure, "{Job} failed", name);
        }

        telemetry.NoteJob(name, failed, clock.UtcNow(), clock.GetElapsedTime(start));
    }

    /// <summary>When a job is due; one run at a time.</summary>
    private sealed class Turn(ScheduledJob job)
    {
        public ScheduledJob Job => job;

        public SemaphoreSlim Free { get; } = new(1);

        public DateTime DueAt { get; set; } = DateTime.MinValue;
    }
}
