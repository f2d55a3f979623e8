using Gatehouse.Platform;

namespace Gatehouse.Jobs;

/// <summary>Runs the schedule. A job that fails is logged and runs again at its next time.</summary>
public sealed class JobRunner(IServiceScopeFactory scopes, TimeProvider clock, ILogger<JobRunner> log)
    : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<ScheduledJob, DateTime> due =
        Schedule.Jobs.ToDictionary(job => job, _ => DateTime.MinValue);

    private readonly SemaphoreSlim turn = new(1);

    /// <summary>Runs whatever is due now, and comes back when it is done.</summary>
    public async Task RunDue(CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            foreach (var job in Schedule.Jobs.Where(job => due[job] <= clock.UtcNow())) await RunOne(job, stop);
        }
        finally
        {
            turn.Release();
        }
    }

    public override void Dispose()
    {
        turn.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await RunDue(stoppingToken);
    }

    private async Task RunOne(ScheduledJob job, CancellationToken stop)
    {
        due[job] = clock.UtcNow() + job.Every;
        await using var scope = scopes.CreateAsyncScope();
        try
        {
            await ((IJob)scope.ServiceProvider.GetRequiredService(job.Type)).Run(stop);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            log.LogError(failure, "{Job} failed", job.Type.Name);
        }
    }
}
