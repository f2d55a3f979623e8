using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Invoices;

/// <summary>
/// Walks a line of one of the caller's invoices down to where it comes from: price version, intervals with their
/// seconds, and the postings of the books. The whole invoice is computed once more on the way.
/// </summary>
public sealed class ExplainInvoiceLine(Db db)
{
    /// <summary>
    /// Refuses with <see cref="Reason.NotFound"/>, <see cref="Reason.NotLoggedIn"/> or
    /// <see cref="Reason.ScopeMissing"/>.
    /// </summary>
    public async Task<Outcome<LineExplained>> Run(Caller caller, long number, int line, CancellationToken stop)
    {
        if (!caller.Holder(Scope.Billing).Is(out var id, out var refusal)) return refusal;
        var found = await FoundInvoice.Of(db, id, number, stop);
        if (found.Count == 0 || found[0].Lines.All(one => one.Line != line)) return Reason.NotFound;
        var invoice = found[0].Invoice;
        var again = await RecomputedInvoice.Of(db, invoice, stop);
        var prices = await db.ReadPrices(stop);
        var stored = found[0].Lines.Single(one => one.Line == line);
        return new LineExplained(found[0], stored)
        {
            Price = prices.Of(stored.PriceVersion),
            Again = again.Bill.Lines.SingleOrDefault(one => one.Number == line),
            IsIdentical = again.IsIdentical(invoice),
            Entries = await Entries(id, invoice, stop),
        };
    }

    /// <summary>All that was booked for the invoice, at its issue and when it was paid.</summary>
    private async Task<IReadOnlyList<ExplainedEntry>> Entries(Guid accountId, Invoice invoice, CancellationToken stop)
    {
        var payments = await db.Payments
            .Where(p => p.InvoiceNumber == invoice.Number && p.State == PaymentState.Paid)
            .Select(p => p.Id).ToListAsync(stop);
        var keys = payments.ConvertAll(payment => $"payment:{payment:D}");
        var credited = $"invoice {invoice.Number} credits ";
        var postings = await db.LedgerTransactions.AsNoTracking()
            .Where(t => t.OwnerId == accountId)
            .Where(t => t.Id == invoice.PostingId || keys.Contains(t.RequestKey) || t.RequestKey.StartsWith(credited))
            .OrderBy(t => t.Sequence).ToListAsync(stop);
        var ids = postings.ConvertAll(posting => posting.Id);
        var entries = (await db.LedgerEntries.AsNoTracking()
                .Where(entry => ids.Contains(entry.TransactionId)).OrderBy(entry => entry.Line).ToListAsync(stop))
            .ToLookup(entry => entry.TransactionId);
        return
        [
            .. postings.SelectMany(posting => entries[posting.Id].Select(entry => new ExplainedEntry(
                posting.Id, posting.At, posting.Kind, entry.Kind, new Money(entry.Amount)))),
        ];
    }
}

/// <summary>A line of an invoice, and where it comes from.</summary>
/// <param name="Found">The invoice.</param>
/// <param name="Line">The line as it was issued.</param>
public sealed record LineExplained(FoundInvoice Found, InvoiceLine Line)
{
    /// <summary>The prices that hold for it.</summary>
    public required PriceVersion Price { get; init; }

    /// <summary>The line as it comes out when it is computed again; null when it does not.</summary>
    public required BillLine? Again { get; init; }

    /// <summary>Says whether the whole invoice comes out again byte for byte.</summary>
    public required bool IsIdentical { get; init; }

    /// <summary>What was booked for the invoice.</summary>
    public required IReadOnlyList<ExplainedEntry> Entries { get; init; }
}

/// <summary>One entry of the books.</summary>
/// <param name="PostingId">The posting it belongs to.</param>
/// <param name="At">UTC.</param>
/// <param name="Kind">The kind of the posting, such as <c>invoice.issued</c>.</param>
/// <param name="Account">On what it is booked.</param>
/// <param name="Amount">Nano-dollars, below zero for what goes out.</param>
public sealed record ExplainedEntry(Guid PostingId, DateTime At, string Kind, LedgerKind Account, Money Amount);
