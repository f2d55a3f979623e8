using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Invoices;

/// <summary>Tries every invoice whose time to be collected has come, the oldest number first.</summary>
public sealed class CollectDueInvoices(
    Db db, CollectInvoice collect, TimeProvider clock, ILogger<CollectDueInvoices> log)
{
    private const int BatchSize = 100;

    /// <summary>How many were tried: those of one account, or of all when it is null.</summary>
    public async Task<int> Run(Guid? accountId, CancellationToken stop)
    {
        var now = clock.UtcNow();
        var (count, last) = (0, 0L);
        while (true)
        {
            var batch = await db.InvoiceDebts.AsNoTracking()
                .Where(debt => debt.NextTryAt <= now && debt.Number > last)
                .Where(debt => accountId == null || debt.AccountId == accountId)
                .OrderBy(debt => debt.Number).Take(BatchSize).ToListAsync(stop);
            if (batch.Count == 0) return count;
            foreach (var debt in batch) await Collect(debt, stop);
            (count, last) = (count + batch.Count, batch[^1].Number);
        }
    }

    /// <summary>One that fails does not stand in the way of those behind it.</summary>
    private async Task Collect(InvoiceDebt debt, CancellationToken stop)
    {
        try
        {
            await collect.Run(debt.AccountId, debt.Number, stop);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            log.LogError(failure, "Invoice {Number} could not be collected", debt.Number);
        }

        db.ChangeTracker.Clear();
    }
}
