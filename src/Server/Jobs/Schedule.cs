namespace Gatehouse.Jobs;

/// <summary>Every recurring job, one line each.</summary>
public static class Schedule
{
    public static readonly IReadOnlyList<ScheduledJob> Jobs =
    [
        new(typeof(SendOutboxMail), Every: TimeSpan.FromSeconds(0.5)),
        new(typeof(SendWebhooks), Every: TimeSpan.FromSeconds(0.5)),
        new(typeof(EraseExpired), Every: TimeSpan.FromMinutes(10)),
        new(typeof(EraseClosed), Every: TimeSpan.FromMinutes(10)),
        new(typeof(ExpireLots), Every: TimeSpan.FromMinutes(1)),
        new(typeof(SealPostings), Every: TimeSpan.FromMinutes(1)),
        new(typeof(FinishPayments), Every: TimeSpan.FromSeconds(5)),
        new(typeof(FollowPayments), Every: TimeSpan.FromMinutes(1)),
        new(typeof(KeepCards), Every: TimeSpan.FromSeconds(5)),
        new(typeof(IssueInvoices), Every: TimeSpan.FromSeconds(10)),
        new(typeof(ChargePrepaid), Every: TimeSpan.FromSeconds(10)),
        new(typeof(HoldSpendCaps), Every: TimeSpan.FromSeconds(10)),
        new(typeof(CollectInvoices), Every: TimeSpan.FromSeconds(5)),
        new(typeof(KeepDatabases), Every: TimeSpan.FromSeconds(5)),
        new(typeof(WatchRows), Every: TimeSpan.FromSeconds(10)),
        new(typeof(RotateKeys), Every: TimeSpan.FromSeconds(5)),
    ];

    public static IServiceCollection AddJobs(this IServiceCollection services)
    {
        foreach (var job in Jobs) services.AddScoped(job.Type);
        services.AddSingleton<JobContext>().AddSingleton<JobRunner>();
        return services.AddHostedService(provider => provider.GetRequiredService<JobRunner>());
    }
}

/// <summary>A job and how often it runs.</summary>
public sealed record ScheduledJob(Type Type, TimeSpan Every);

/// <summary>
/// Something that happens by itself, on every node. Running it twice, or on two nodes at once, does no harm: the
/// database decides who does what.
/// </summary>
public interface IJob
{
    Task Run(CancellationToken stop);
}

/// <summary>What every job needs.</summary>
public sealed record JobContext(TimeProvider Clock, ILogger<JobContext> Log);
