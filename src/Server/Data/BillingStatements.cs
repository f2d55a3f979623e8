using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Data;

/// <summary>When which job has to look at an account, and the next invoice number, as single statements.</summary>
public static class BillingStatements
{
    /// <summary>
    /// Notes that what an account uses has changed: every job that follows its cost looks at it again at once. The row
    /// is made when there is none.
    /// </summary>
    public static Task LookAgain(this Db db, Guid accountId, CancellationToken stop)
    {
        var refuse = nameof(CapAction.Refuse);
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO billings (account_id, billed_until, invoice_due_at, prepaid_nanos, prepaid_due_at, is_low_told,
                cap_action, cap_since, cap_warned_for, cap_reached_for)
            VALUES ({accountId}, 0, 0, 0, 0, {false}, {refuse}, 0, 0, 0)
            ON CONFLICT (account_id) DO UPDATE SET prepaid_due_at = 0,
                invoice_due_at = COALESCE(billings.invoice_due_at, 0),
                cap_due_at = CASE WHEN billings.cap_nanos IS NULL THEN NULL ELSE 0 END
            """,
            stop);
    }

    /// <summary>Makes the row of an account when there is none yet.</summary>
    public static Task AddBilling(this Db db, Guid accountId, CancellationToken stop)
    {
        var refuse = nameof(CapAction.Refuse);
        return db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO billings (account_id, billed_until, prepaid_nanos, is_low_told, cap_action, cap_since,
                cap_warned_for, cap_reached_for)
            VALUES ({accountId}, 0, 0, {false}, {refuse}, 0, 0, 0)
            ON CONFLICT (account_id) DO NOTHING
            """,
            stop);
    }

    /// <summary>
    /// Notes that an account can pay again, with a card or with credits: what it owes is collected now, and how far its
    /// credits reach is worked out anew.
    /// </summary>
    public static async Task CollectAgain(this Db db, Guid accountId, DateTime now, CancellationToken stop)
    {
        await db.InvoiceDebts
            .Where(debt => debt.AccountId == accountId && debt.PaidAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(debt => debt.NextTryAt, now), stop);
        await db.Billings
            .Where(billing => billing.AccountId == accountId)
            .ExecuteUpdateAsync(set => set.SetProperty(billing => billing.PrepaidDueAt, 0L), stop);
    }

    /// <summary>
    /// Removes the cards of an erased account, or of all of them, save those from which an invoice is still collected.
    /// </summary>
    public static Task DropCards(this Db db, Guid? accountId, CancellationToken stop) => db.PaymentMethods
        .Where(m => accountId == null
            ? db.Accounts.Any(a => a.Id == m.HolderId && a.ErasedAt != null)
            : m.HolderId == accountId)
        .Where(m => !db.InvoiceDebts.Any(debt => debt.AccountId == m.HolderId && debt.NextTryAt != null))
        .ExecuteDeleteAsync(stop);

    /// <summary>
    /// The next number of the series, kept until the transaction ends: whoever issues next waits here, and a
    /// transaction that is undone gives its number back.
    /// </summary>
    public static async Task<InvoiceSeries> TakeInvoiceNumber(this Db db, CancellationToken stop)
    {
        var taken = await db.Database.SqlQuery<SeriesEnd>($"""
            INSERT INTO invoice_series (id, last, head) VALUES (1, 1, {AuditEntry.Origin})
            ON CONFLICT (id) DO UPDATE SET last = invoice_series.last + 1
            RETURNING last AS "Last", head AS "Head"
            """).ToListAsync(stop);
        return new InvoiceSeries { Id = 1, Last = taken[0].Last, Head = taken[0].Head };
    }

    /// <summary>Notes the hash of the invoice that got the last number.</summary>
    public static Task EndInvoiceSeries(this Db db, byte[] hash, CancellationToken stop) =>
        db.Database.ExecuteSqlAsync($"UPDATE invoice_series SET head = {hash} WHERE id = 1", stop);

    private sealed record SeriesEnd(long Last, byte[] Head);
}
