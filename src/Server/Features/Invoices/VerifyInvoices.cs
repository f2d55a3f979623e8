using System.Security.Cryptography;
using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Invoices;

/// <summary>
/// Recomputes every invoice from intervals, prices and books, and names what does not fit: numbers, hashes, bytes, and
/// seconds that are on no invoice or on two.
/// </summary>
public sealed class VerifyInvoices(Db db)
{
    /// <summary>How many invoices were looked at, and one sentence a fault. Never refuses.</summary>
    public Task<(int Invoices, IReadOnlyList<string> Faults)> Run(CancellationToken stop) =>
        db.ReadAtOnce(() => Verify(stop), stop);

    private async Task<(int Invoices, IReadOnlyList<string> Faults)> Verify(CancellationToken stop)
    {
        var (faults, previous, number) = (new List<string>(), AuditEntry.Origin, 0L);
        while (await Next(number, stop) is { } invoice)
        {
            if (invoice.Number != ++number) faults.Add($"Invoice {number} is missing.");
            number = invoice.Number;
            if (!invoice.PreviousHash.AsSpan().SequenceEqual(previous))
                faults.Add($"Invoice {number} does not follow the one before it.");
            if (!SHA256.HashData(invoice.Document).AsSpan().SequenceEqual(invoice.Hash))
                faults.Add($"Invoice {number} was changed.");
            if (!(await RecomputedInvoice.Of(db, invoice, stop)).IsIdentical(invoice))
                faults.Add($"Invoice {number} does not come out the same when it is computed again.");
            previous = invoice.Hash;
        }

        var last = await db.InvoiceSeries.AsNoTracking().SingleOrDefaultAsync(stop);
        if ((last?.Last ?? 0) != number) faults.Add($"The series of numbers does not end with {number}.");
        await Counted(faults, stop);
        return ((int)number, faults);
    }

    private Task<Invoice?> Next(long after, CancellationToken stop) => db.Invoices.AsNoTracking()
        .Where(invoice => invoice.Number > after).OrderBy(invoice => invoice.Number).FirstOrDefaultAsync(stop);

    /// <summary>What invoices counted of an interval is what it says that they did.</summary>
    private async Task Counted(List<string> faults, CancellationToken stop)
    {
        var wrong = await db.UsageIntervals
            .Where(usage => usage.BilledUntil != null)
            .Where(usage => usage.BilledUntil - usage.StartsAt != db.InvoiceSlices
                .Where(slice => slice.IntervalId == usage.Id)
                .Sum(slice => (slice.EndsAt - slice.StartsAt) * slice.Sign))
            .Select(usage => usage.Id).Take(100).ToListAsync(stop);
        faults.AddRange(wrong.Select(id => $"Interval {id:D} is not on invoices as it says."));
    }
}
