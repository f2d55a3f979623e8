using System.Security.Cryptography;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Ledger;

/// <summary>
/// Seals postings into blocks, each chained to the one before: a whole chain of a customer, or a posting of the house,
/// can then not vanish without a trace.
/// </summary>
public sealed class SealLedger(Db db, TimeProvider clock)
{
    private const int LargestBlock = 1000;

    /// <summary>How many postings went into the next block; 0 when none waits. Never refuses.</summary>
    public async Task<int> Run(CancellationToken stop)
    {
        if (!await db.LedgerTransactions.AnyAsync(posting => posting.Block == null, stop)) return 0;
        return await db.Write(() => SealNext(stop), stop);
    }

    /// <summary>The hash of a block.</summary>
    internal static byte[] HashOf(byte[] previous, IEnumerable<byte[]> postings) =>
        SHA256.HashData([.. previous, .. postings.SelectMany(hash => hash)]);

    private async Task<int> SealNext(CancellationToken stop)
    {
        // One node at a time: the chain of the house is the lock, as no posting of a customer takes it.
        await db.TakeLedgerChain(Guid.Empty, stop);
        var last = await db.LedgerBlocks.AsNoTracking().OrderByDescending(b => b.Number).FirstOrDefaultAsync(stop);
        var postings = await db.LedgerTransactions.AsNoTracking()
            .Where(posting => posting.Block == null)
            .OrderBy(posting => posting.Id).Take(LargestBlock)
            .Select(posting => new { posting.Id, posting.Hash })
            .ToListAsync(stop);
        if (postings.Count == 0) return 0;
        var previous = last?.Hash ?? AuditEntry.Origin;
        var block = new LedgerBlock
        {
            Number = (last?.Number ?? 0) + 1,
            Count = postings.Count,
            PreviousHash = previous,
            Hash = HashOf(previous, postings.Select(posting => posting.Hash)),
            SealedAt = clock.UtcNow(),
        };
        db.LedgerBlocks.Add(block);
        var ids = postings.ConvertAll(posting => posting.Id);
        await db.LedgerTransactions
            .Where(posting => ids.Contains(posting.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(posting => posting.Block, block.Number), stop);
        return postings.Count;
    }
}
