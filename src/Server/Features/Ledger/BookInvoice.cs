using System.Globalization;
using Gatehouse.Data;
using Gatehouse.Domain;

namespace Gatehouse.Features.Ledger;

/// <summary>
/// Books an invoice: what was earned to the nano-dollar, what of it credits pay at once, what is owed, and the fraction
/// of a cent that rounding left over. Runs in the caller's transaction.
/// </summary>
public sealed class BookInvoice(Db db)
{
    /// <summary>What is booked, and what is left for the payment method: whole cents. Never refuses.</summary>
    public async Task<BookedInvoice> Run(InvoiceToBook invoice, DateTime now, CancellationToken stop)
    {
        await db.TakeLedgerChain(invoice.AccountId, stop);
        var had = new Balances(invoice.AccountId, await db.BalancesOf(invoice.AccountId, stop));
        var credits = await db.CreditsOf(invoice.AccountId, now, stop);
        var (fromCredits, due) = invoice.Share(credits);
        var lines = new List<PostingLine>();
        if (fromCredits.Nanos > 0)
        {
            var drawn = await new Allocation(db).Draw(had, fromCredits, now, stop);
            lines.AddRange(drawn.Match(
                found => found, refusal => throw new InvalidOperationException($"Credits vanished: {refusal}")));
        }

        // More was paid in advance than it came to, or more is given back than was used.
        if (fromCredits.Nanos < 0)
            lines.AddRange(await new CreditReturn(db).Give(invoice.AccountId, -fromCredits.Nanos, stop));
        if (due.Nanos > 0) lines.Add(new PostingLine(LedgerKind.Receivable, -due.Nanos));
        var earned = invoice.Exact - invoice.Prepaid;
        if (earned.Nanos != 0) lines.Add(new PostingLine(LedgerKind.Revenue, earned.Nanos));
        var rounding = fromCredits + due - earned;
        if (rounding.Nanos != 0) lines.Add(new PostingLine(LedgerKind.Rounding, rounding.Nanos));
        if (lines.Count == 0) return new BookedInvoice(null, due);
        var wanted = string.Create(
            CultureInfo.InvariantCulture, $"{invoice.Total.Nanos} {invoice.Exact.Nanos} {invoice.Prepaid.Nanos}");
        var request = new PostingRequest(
            invoice.AccountId, invoice.RequestKey, PostingKind.InvoiceIssued, wanted);
        var posted = await new Book(db).Post(request, lines, now, stop);
        return new BookedInvoice(
            posted.Match(
                posting => posting.Id, refusal => throw new InvalidOperationException($"Not booked: {refusal}")),
            due);
    }
}

/// <summary>An invoice for the books.</summary>
/// <param name="AccountId">Who pays.</param>
/// <param name="RequestKey">The same key is booked once.</param>
/// <param name="Total">What it says: whole cents.</param>
/// <param name="Exact">What it is before it is rounded to cents.</param>
/// <param name="Prepaid">What credits have paid of it while the time passed.</param>
/// <param name="IsPrepaid">Whether there is no payment method that a fraction of a cent could be left to.</param>
public sealed record InvoiceToBook(
    Guid AccountId, string RequestKey, Money Total, Money Exact, Money Prepaid, bool IsPrepaid)
{
    private const long NanosPerCent = 10_000_000;

    /// <summary>What credits pay now, and what is left: whole cents, as a payment method pays nothing less.</summary>
    internal (Money FromCredits, Money Due) Share(Money credits)
    {
        var owed = Total - Prepaid;
        var missing = Math.Max(0, owed.Nanos - Math.Max(0, credits.Nanos));
        var cents = (missing / NanosPerCent) + (!IsPrepaid && missing % NanosPerCent > 0 ? 1 : 0);
        var due = Money.FromCents(cents);
        var rest = owed - due;
        return (rest.Nanos > credits.Nanos ? credits : rest, due);
    }
}

/// <summary>How an invoice was booked.</summary>
/// <param name="PostingId">The posting; null when nothing was left to book.</param>
/// <param name="Due">What is owed.</param>
public sealed record BookedInvoice(Guid? PostingId, Money Due);
