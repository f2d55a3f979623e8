using Gatehouse.Features.Databases;

namespace Gatehouse.Jobs;

/// <summary>Brings the server of customers' databases to what their owners want.</summary>
public sealed class KeepDatabases(SettleDatabases settle) : IJob
{
    public Task Run(CancellationToken stop) => settle.Run(stop);
}
