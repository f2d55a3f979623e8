using Gatehouse.Data;
using Gatehouse.Features.Invoices;

namespace Gatehouse.Features.Accounts;

/// <summary>
/// Brings an account's bills up to date before its time: invoices of periods that are over, and the collection of what
/// is owed. Never runs in a transaction.
/// </summary>
public sealed class SettleUsage(
    Db db, IssueNextInvoice issue, CollectDueInvoices collect, ILogger<SettleUsage> log)
{
    /// <summary>Never refuses; what could not be done now, the jobs do.</summary>
    public async Task Run(Guid accountId, CancellationToken stop)
    {
        try
        {
            if (await db.Billings.FindAsync([accountId], stop) is null) return;
            while (await issue.Run(accountId, stop)) stop.ThrowIfCancellationRequested();
            await collect.Run(accountId, stop);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            log.LogError(failure, "What {Id} owes could not be collected at once", accountId);
            db.ChangeTracker.Clear();
        }
    }
}
