using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Data;

/// <summary>Moving money as single statements, so that no number of requests at once gets past a floor.</summary>
public static class LedgerStatements
{
    /// <summary>
    /// The end of a customer's chain of postings, kept until the transaction ends: whoever books for the same customer
    /// waits here, so what is read from here on holds.
    /// </summary>
    public static async Task<LedgerChain> TakeLedgerChain(this Db db, Guid ownerId, CancellationToken stop)
    {
        var ends = await db.Database.SqlQuery<ChainEnd>($"""
            INSERT INTO ledger_chains (owner_id, length, head) VALUES ({ownerId}, 0, {AuditEntry.Origin})
            ON CONFLICT (owner_id) DO UPDATE SET length = ledger_chains.length
            RETURNING length AS "Length", head AS "Head"
            """).ToListAsync(stop);
        return new LedgerChain { OwnerId = ownerId, Length = ends[0].Length, Head = ends[0].Head };
    }

    /// <summary>Notes the posting at the end of the chain.</summary>
    public static Task LengthenLedgerChain(this Db db, LedgerTransaction posting, CancellationToken stop) =>
        db.Database.ExecuteSqlAsync(
            $"""
            UPDATE ledger_chains SET length = {posting.Sequence}, head = {posting.Hash}
            WHERE owner_id = {posting.OwnerId}
            """,
            stop);

    /// <summary>
    /// Adds to a balance; false, and nothing done, when that would take it below its floor or past what a number holds.
    /// </summary>
    public static async Task<bool> TryMove(
        this Db db, Guid ownerId, LedgerKind kind, long amount, CancellationToken stop)
    {
        var name = kind.ToString();
        var least = Bookkeeping.HasFloor(kind) ? 0 : -long.MaxValue;
        // The condition holds the balance before against the bounds, so that nothing overflows while it is tested.
        var (from, to) = amount < 0 ? (least - amount, long.MaxValue) : (-long.MaxValue, long.MaxValue - amount);
        var moved = await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE ledger_accounts SET balance = balance + {amount}, version = version + 1
            WHERE owner_id = {ownerId} AND kind = {name} AND balance >= {from} AND balance <= {to}
            """,
            stop);
        if (moved == 1) return true;
        if (amount < 0 && Bookkeeping.HasFloor(kind)) return false;
        return await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO ledger_accounts (owner_id, kind, balance, version) VALUES ({ownerId}, {name}, {amount}, 1)
            ON CONFLICT (owner_id, kind) DO NOTHING
            """,
            stop) == 1;
    }

    /// <summary>
    /// Adds to what is left of a lot; false, and nothing done, when it holds less or was granted less.
    /// </summary>
    public static async Task<bool> TryMoveLot(this Db db, Guid lotId, long amount, CancellationToken stop) =>
        await db.PromoLots
            .Where(lot => lot.Id == lotId)
            .Where(lot => lot.Remaining >= -amount && lot.Granted - lot.Remaining >= amount)
            .ExecuteUpdateAsync(set => set.SetProperty(lot => lot.Remaining, lot => lot.Remaining + amount), stop) == 1;

    private sealed record ChainEnd(long Length, byte[] Head);
}
