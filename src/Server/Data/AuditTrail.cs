using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Data;

/// <summary>Appends to the audit log, in the transaction of the change that is told.</summary>
public static class AuditTrail
{
    /// <summary>
    /// Appends one entry to an account's chain. The first statement takes the end of the chain and keeps it until the
    /// transaction ends, so two entries can never follow the same one.
    /// </summary>
    public static async Task<AuditEntry> Append(
        this Db db, Caller caller, Guid accountId, AuditFact fact, DateTime now, CancellationToken stop)
    {
        var ends = await db.Database.SqlQuery<ChainEnd>($"""
            INSERT INTO audit_chains (account_id, length, head) VALUES ({accountId}, 1, {AuditEntry.Origin})
            ON CONFLICT (account_id) DO UPDATE SET length = audit_chains.length + 1
            RETURNING length AS "Length", head AS "Head"
            """).ToListAsync(stop);
        var context = AuditContext.Of(caller, accountId, ends[0].Length);
        var entry = AuditEntry.After(ends[0].Head, ends[0].Length, accountId, fact, context, now);
        db.AuditEntries.Add(entry);
        db.AuditContexts.Add(context);
        await db.Database.ExecuteSqlAsync(
            $"UPDATE audit_chains SET head = {entry.Hash} WHERE account_id = {accountId}", stop);
        return entry;
    }

    /// <summary>
    /// Makes everything else about an account wait until this transaction ends, before anything is told: what is read
    /// from here on holds, and a refusal leaves no entry behind.
    /// </summary>
    public static Task QueueUp(this Db db, Guid accountId, CancellationToken stop) =>
        db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO audit_chains (account_id, length, head) VALUES ({accountId}, 0, {AuditEntry.Origin})
            ON CONFLICT (account_id) DO UPDATE SET length = audit_chains.length
            """,
            stop);

    private sealed record ChainEnd(long Length, byte[] Head);
}
