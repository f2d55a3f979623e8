using Gatehouse.Features.Databases;

namespace Gatehouse.Jobs;

/// <summary>Holds free databases to their limit of rows, and lets go of those that are below it again.</summary>
public sealed class WatchRows(LimitDatabases limit) : IJob
{
    public Task Run(CancellationToken stop) => limit.Run(stop);
}
