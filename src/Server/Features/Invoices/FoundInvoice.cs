using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Invoices;

/// <summary>An invoice with its lines and how far it is paid.</summary>
/// <param name="Invoice">As it was issued.</param>
/// <param name="Lines">In order.</param>
/// <param name="Debt">What is paid and owed of it now.</param>
public sealed record FoundInvoice(Invoice Invoice, IReadOnlyList<InvoiceLine> Lines, InvoiceDebt Debt)
{
    /// <summary>
    /// App by app, in order of their lines: what credits and payment method paid is shared among them from the first to
    /// the last, so that the sums are those of the invoice.
    /// </summary>
    public IReadOnlyList<AppShare> Apps()
    {
        var (credit, charged) = (Debt.CreditNanos, Debt.ChargedNanos);
        var shares = new List<AppShare>();
        foreach (var app in Lines.GroupBy(line => (line.AppId, line.AppName)))
        {
            var amount = app.Sum(line => line.AmountNanos);
            var isLast = shares.Count + 1 == Lines.DistinctBy(line => line.AppId).Count();
            var byCredit = isLast ? credit : Math.Clamp(credit, Math.Min(0, amount), Math.Max(0, amount));
            var byCard = isLast ? charged : Math.Clamp(charged, 0, Math.Max(0, amount - byCredit));
            (credit, charged) = (credit - byCredit, charged - byCard);
            var units = app.Where(line => line.Kind == Metered.Replica).Sum(line => line.Units);
            shares.Add(new AppShare(
                app.Key.AppName, new Money(amount), new Money(byCredit), new Money(byCard), units));
        }

        return shares;
    }

    /// <summary>An account's invoices, the newest first; one of them when a number is given.</summary>
    internal static async Task<IReadOnlyList<FoundInvoice>> Of(
        Db db, Guid accountId, long? number, CancellationToken stop)
    {
        var invoices = await db.Invoices.AsNoTracking()
            .Where(invoice => invoice.AccountId == accountId && (number == null || invoice.Number == number))
            .OrderByDescending(invoice => invoice.Number)
            .ToListAsync(stop);
        var lines = (await db.InvoiceLines.AsNoTracking()
                .Where(line => db.Invoices.Any(i => i.Number == line.Number && i.AccountId == accountId))
                .Where(line => number == null || line.Number == number)
                .OrderBy(line => line.Line)
                .ToListAsync(stop))
            .ToLookup(line => line.Number);
        var debts = await db.InvoiceDebts.AsNoTracking()
            .Where(debt => debt.AccountId == accountId && (number == null || debt.Number == number))
            .ToDictionaryAsync(debt => debt.Number, stop);
        return invoices.ConvertAll(invoice => new FoundInvoice(
            invoice, [.. lines[invoice.Number]], debts[invoice.Number]));
    }
}

/// <summary>What of an invoice belongs to one app.</summary>
/// <param name="AppName">The app.</param>
/// <param name="Amount">Whole cents.</param>
/// <param name="Credit">What credits paid of it.</param>
/// <param name="Charged">What a payment method paid of it.</param>
/// <param name="ReplicaUnits">MB-seconds of its replicas.</param>
public sealed record AppShare(string AppName, Money Amount, Money Credit, Money Charged, long ReplicaUnits);
