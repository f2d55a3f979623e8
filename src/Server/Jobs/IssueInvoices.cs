using Gatehouse.Features.Invoices;

namespace Gatehouse.Jobs;

/// <summary>Issues the invoices of periods that are over, and collects them at once.</summary>
public sealed class IssueInvoices(IssueDueInvoices issue, CollectDueInvoices collect) : IJob
{
    public async Task Run(CancellationToken stop)
    {
        if (await issue.Run(stop) > 0) await collect.Run(accountId: null, stop);
    }
}
