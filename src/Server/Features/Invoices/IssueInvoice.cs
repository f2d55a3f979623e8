using System.Globalization;
using System.Security.Cryptography;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Ledger;
using Gatehouse.Features.Usage;
using Gatehouse.Mail;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Invoices;

/// <summary>
/// Issues one invoice: lines, number, books, debt, text and mail in one transaction, the caller's, after the account
/// was queued up. What came too late for earlier invoices is on this one; those stay as they are.
/// </summary>
public sealed class IssueInvoice(Db db, BookInvoice book, Postbox postbox)
{
    /// <summary>
    /// The invoice; none for nothing. Less than half a cent waits for the next one, and so does what cost nothing:
    /// every second that counts as billed is on an invoice. Never refuses.
    /// </summary>
    public async Task<Invoice?> Run(Account account, BillingPeriod covers, DateTime now, CancellationToken stop)
    {
        var (slices, prices) = await db.ReadUnbilled(account.Id, account.CreatedAt, covers.EndsAt, stop);
        var bill = Bill.Of(slices, prices);
        if (bill.Total.Nanos == 0) return null;
        await MarkBilled(account.Id, covers.EndsAt, stop);
        var prepaid = await TakePrepaid(account.Id, stop);
        var key = string.Create(CultureInfo.InvariantCulture, $"invoice {account.Id:D} from {covers.StartsAt}");
        var isPrepaid = await db.Prepaid().AnyAsync(a => a.Id == account.Id, stop);
        var exact = new Money((long)bill.Exact.Nearest);
        var booked = await book.Run(
            new InvoiceToBook(account.Id, key, bill.Total, exact, prepaid, isPrepaid), now, stop);
        var series = await db.TakeInvoiceNumber(stop);
        var text = new InvoiceText(series.Last, account.Id, covers, now)
        {
            Bill = bill,
            Credit = bill.Total - booked.Due,
            Due = booked.Due,
            PreviousHash = series.Head,
        };
        var invoice = Add(text, prepaid, booked);
        await db.EndInvoiceSeries(invoice.Hash, stop);
        await Tell(account, invoice, bill, now, stop);
        return invoice;
    }

    /// <summary>What credits have paid in advance, which is on this invoice now.</summary>
    private async Task<Money> TakePrepaid(Guid accountId, CancellationToken stop)
    {
        var billing = db.Billings.Where(b => b.AccountId == accountId);
        var nanos = await billing.Select(b => b.PrepaidNanos).SingleAsync(stop);
        await billing.ExecuteUpdateAsync(set => set.SetProperty(b => b.PrepaidNanos, 0L), stop);
        return new Money(nanos);
    }

    /// <summary>From here on these seconds are on an invoice.</summary>
    private Task<int> MarkBilled(Guid accountId, long until, CancellationToken stop) => db.Unbilled(accountId)
        .Where(usage => usage.StartsAt < until)
        .ExecuteUpdateAsync(
            set => set.SetProperty(
                usage => usage.BilledUntil,
                usage => usage.EndsAt != null && usage.EndsAt < until ? usage.EndsAt
                    : usage.BilledUntil > until ? usage.BilledUntil : until),
            stop);

    private Invoice Add(InvoiceText text, Money prepaid, BookedInvoice booked)
    {
        var document = text.Write();
        var invoice = new Invoice
        {
            Number = text.Number,
            AccountId = text.AccountId,
            StartsAt = text.Covers.StartsAt,
            EndsAt = text.Covers.EndsAt,
            IssuedAt = text.IssuedAt,
            TotalNanos = text.Bill.Total.Nanos,
            DueNanos = text.Due.Nanos,
            PrepaidNanos = prepaid.Nanos,
            PostingId = booked.PostingId,
            PreviousHash = text.PreviousHash,
            Document = document,
            Hash = SHA256.HashData(document),
        };
        db.Invoices.Add(invoice);
        db.InvoiceLines.AddRange(text.Bill.Lines.Select(line => InvoiceRows.LineOf(text.Number, line)));
        db.InvoiceSlices.AddRange(text.Bill.Lines.SelectMany(line => InvoiceRows.SlicesOf(text.Number, line)));
        db.InvoiceDebts.Add(new InvoiceDebt
        {
            Number = text.Number,
            AccountId = text.AccountId,
            OpenNanos = text.Due.Nanos,
            CreditNanos = text.Credit.Nanos,
            ChargedNanos = 0,
            NextTryAt = text.Due.Nanos > 0 ? text.IssuedAt : null,
            PaidAt = text.Due.Nanos > 0 ? null : text.IssuedAt,
        });
        return invoice;
    }

    private async Task Tell(Account account, Invoice invoice, Bill bill, DateTime now, CancellationToken stop)
    {
        var fact = new AuditFact(AuditEvent.InvoiceIssued, $"{invoice.Number}");
        await db.Append(Caller.Server, account.Id, fact, now, stop);
        if (account.ErasedAt is null)
            db.OutboxMails.Add(postbox.Write(account.Address, new InvoiceMail(invoice, bill), now));
        await db.SaveChangesAsync(stop);
    }
}
