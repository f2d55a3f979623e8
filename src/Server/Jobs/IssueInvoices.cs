using Gatehouse.Features.Invoices;

namespace Gatehouse.Jobs;

/// <summary>Issues the invoices of periods that are over.</summary>
public sealed class IssueInvoices(IssueDueInvoices issue) : IJob
{
    public Task Run(CancellationToken stop) => issue.Run(stop);
}
