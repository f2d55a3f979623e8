using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Invoices;

/// <summary>An invoice computed once more from what it was made of: intervals, prices and books.</summary>
/// <param name="Bill">Its lines.</param>
/// <param name="Document">Its text; the stored one, byte for byte, when nothing was altered.</param>
internal sealed record RecomputedInvoice(Bill Bill, byte[] Document)
{
    /// <summary>Computes it; nothing of the stored text is used.</summary>
    public static async Task<RecomputedInvoice> Of(Db db, Invoice invoice, CancellationToken stop)
    {
        var signedUpAt = await db.Accounts
            .Where(a => a.Id == invoice.AccountId).Select(a => a.CreatedAt).SingleAsync(stop);
        var prices = await db.ReadPrices(stop);
        var metering = new Metering(signedUpAt, prices);
        var counted = await db.InvoiceSlices.AsNoTracking()
            .Where(slice => slice.Number == invoice.Number)
            .Join(
                db.UsageIntervals.AsNoTracking(),
                slice => slice.IntervalId,
                usage => usage.Id,
                (slice, usage) => new { slice, usage })
            .ToListAsync(stop);
        var bill = Bill.Of(
            counted.SelectMany(c => metering.Cut(c.usage, c.slice.StartsAt, c.slice.EndsAt, c.slice.Sign)), prices);
        // Of the books, what is owed: the rest was paid by credits.
        var due = -await db.LedgerEntries
            .Where(entry => entry.TransactionId == invoice.PostingId && entry.Kind == LedgerKind.Receivable)
            .SumAsync(entry => entry.Amount, stop);
        var text = new InvoiceText(
            invoice.Number,
            invoice.AccountId,
            new BillingPeriod(invoice.StartsAt, invoice.EndsAt),
            invoice.IssuedAt)
        {
            Bill = bill,
            Credit = bill.Total - new Money(due),
            Due = new Money(due),
            PreviousHash = await db.Invoices
                .Where(before => before.Number == invoice.Number - 1)
                .Select(before => before.Hash).SingleOrDefaultAsync(stop) ?? AuditEntry.Origin,
        };
        return new RecomputedInvoice(bill, text.Write());
    }

    /// <summary>Says whether it is what was stored.</summary>
    public bool IsIdentical(Invoice invoice) => Document.AsSpan().SequenceEqual(invoice.Document);
}
