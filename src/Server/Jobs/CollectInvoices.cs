using Gatehouse.Features.Invoices;

namespace Gatehouse.Jobs;

/// <summary>Collects what is owed of invoices, and tries again what failed.</summary>
public sealed class CollectInvoices(CollectDueInvoices collect) : IJob
{
    public Task Run(CancellationToken stop) => collect.Run(accountId: null, stop);
}
