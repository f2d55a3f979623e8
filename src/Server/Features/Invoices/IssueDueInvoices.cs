using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Invoices;

/// <summary>
/// Issues every invoice that is due, account by account: it can stop at any point and go on from there, on any number
/// of nodes at once, and holds no more than one batch in memory.
/// </summary>
public sealed class IssueDueInvoices(
    Db db, IssueNextInvoice issue, TimeProvider clock, ILogger<IssueDueInvoices> log)
{
    private const int BatchSize = 100;

    /// <summary>How many periods were closed.</summary>
    public async Task<int> Run(CancellationToken stop)
    {
        var now = clock.UtcNow().ToSecond();
        var (count, last) = (0, Guid.Empty);
        while (true)
        {
            var batch = await db.Billings.AsNoTracking()
                .Where(b => b.InvoiceDueAt <= now && b.AccountId.CompareTo(last) > 0)
                .OrderBy(b => b.AccountId).Take(BatchSize).Select(b => b.AccountId).ToListAsync(stop);
            if (batch.Count == 0) return count;
            foreach (var accountId in batch) count += await Issue(accountId, stop);
            last = batch[^1];
        }
    }

    /// <summary>Several periods of one account follow each other. One that fails holds up nobody behind it.</summary>
    private async Task<int> Issue(Guid accountId, CancellationToken stop)
    {
        var count = 0;
        try
        {
            while (await issue.Run(accountId, stop))
            {
                count++;
                db.ChangeTracker.Clear();
            }
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            log.LogError(failure, "The invoice of {Id} could not be issued", accountId);
        }

        db.ChangeTracker.Clear();
        return count;
    }
}
