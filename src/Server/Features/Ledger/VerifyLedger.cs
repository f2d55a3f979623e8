using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Ledger;

/// <summary>
/// Recomputes the books from their entries: sums, balances, floors, chains, lots, holds, debts and blocks, and names
/// what does not fit.
/// </summary>
public sealed class VerifyLedger(Db db)
{
    /// <summary>How many postings were looked at, and one sentence a fault. Never refuses.</summary>
    public Task<(int Postings, IReadOnlyList<string> Faults)> Run(CancellationToken stop) =>
        db.ReadAtOnce(() => Verify(stop), stop);

    private async Task<(int Postings, IReadOnlyList<string> Faults)> Verify(CancellationToken stop)
    {
        var faults = new List<string>();
        var owners = await db.LedgerChains.AsNoTracking().OrderBy(chain => chain.OwnerId).ToListAsync(stop);
        var count = 0;
        foreach (var chain in owners)
            count += await Chain(chain, faults, stop);
        if (await db.LedgerTransactions.CountAsync(stop) != count)
            faults.Add("There are postings that belong to no chain.");
        await Balances(faults, stop);
        await Lots(faults, stop);
        await Holds(faults, stop);
        await Debts(faults, stop);
        await Blocks(faults, stop);
        return (count, faults);
    }

    /// <summary>One customer's postings from the first to the last: hashes, order, sums of zero.</summary>
    private async Task<int> Chain(LedgerChain chain, List<string> faults, CancellationToken stop)
    {
        var (previous, sequence) = (AuditEntry.Origin, 0L);
        var entries = (await db.LedgerEntries.AsNoTracking()
                .Where(e => db.LedgerTransactions.Any(t => t.Id == e.TransactionId && t.OwnerId == chain.OwnerId))
                .ToListAsync(stop))
            .ToLookup(entry => entry.TransactionId);
        var postings = db.LedgerTransactions.AsNoTracking()
            .Where(posting => posting.OwnerId == chain.OwnerId).OrderBy(posting => posting.Sequence);
        await foreach (var posting in postings.AsAsyncEnumerable().WithCancellation(stop))
        {
            var lines = entries[posting.Id].ToList();
            if (posting.Sequence != ++sequence || !posting.PreviousHash.AsSpan().SequenceEqual(previous))
                faults.Add($"Posting {posting.Id:D} does not follow the one before it.");
            if (!Bookkeeping.ComputeHash(posting, lines).AsSpan().SequenceEqual(posting.Hash))
                faults.Add($"Posting {posting.Id:D} was changed.");
            if (!Bookkeeping.IsBalanced([.. lines.Select(l => new PostingLine(l.Kind, l.Amount, l.LotId))]))
                faults.Add($"Posting {posting.Id:D} does not sum to zero.");
            previous = posting.Hash;
        }

        if (sequence != chain.Length || !previous.AsSpan().SequenceEqual(chain.Head))
            faults.Add($"The chain of {chain.OwnerId:D} does not end where it should.");
        return (int)sequence;
    }

    /// <summary>Each balance is the sum of its entries.</summary>
    private async Task Balances(List<string> faults, CancellationToken stop)
    {
        var sums = await db.LedgerEntries
            .Where(entry => entry.OwnerId != Guid.Empty)
            .GroupBy(entry => new { entry.OwnerId, entry.Kind })
            .Select(group => new { group.Key.OwnerId, group.Key.Kind, Sum = group.Sum(entry => entry.Amount) })
            .ToDictionaryAsync(sum => (sum.OwnerId, sum.Kind), sum => sum.Sum, stop);
        var balances = await db.LedgerAccounts.AsNoTracking().ToListAsync(stop);
        faults.AddRange(balances
            .Where(balance => sums.GetValueOrDefault((balance.OwnerId, balance.Kind)) != balance.Balance)
            .Select(balance => $"{balance.Kind} of {balance.OwnerId:D} is not the sum of its entries."));
        faults.AddRange(balances
            .Where(balance => balance.Balance < 0 && Bookkeeping.HasFloor(balance.Kind))
            .Select(balance => $"{balance.Kind} of {balance.OwnerId:D} is below zero."));
        var known = balances.Select(balance => (balance.OwnerId, balance.Kind)).ToHashSet();
        faults.AddRange(sums.Keys
            .Where(key => !known.Contains(key))
            .Select(key => $"{key.Kind} of {key.OwnerId:D} has entries and no balance."));
    }

    /// <summary>What is left of each lot is what its entries say.</summary>
    private async Task Lots(List<string> faults, CancellationToken stop)
    {
        var sums = await db.LedgerEntries
            .Where(entry => entry.LotId != null)
            .GroupBy(entry => entry.LotId!.Value)
            .Select(group => new { LotId = group.Key, Sum = group.Sum(entry => entry.Amount) })
            .ToDictionaryAsync(sum => sum.LotId, sum => sum.Sum, stop);
        var lots = await db.PromoLots.AsNoTracking().ToListAsync(stop);
        faults.AddRange(lots
            .Where(lot => sums.GetValueOrDefault(lot.Id) != lot.Remaining)
            .Select(lot => $"Lot {lot.Id:D} does not hold what its entries say."));
        if (sums.Count > lots.Count) faults.Add("There are entries of lots that do not exist.");
    }

    /// <summary>What is set aside is the sum of the open holds.</summary>
    private async Task Holds(List<string> faults, CancellationToken stop)
    {
        var held = await db.CreditHolds
            .Where(hold => hold.EndedAt == null)
            .GroupBy(hold => hold.OwnerId)
            .Select(group => new { OwnerId = group.Key, Sum = group.Sum(hold => hold.Amount) })
            .ToDictionaryAsync(sum => sum.OwnerId, sum => sum.Sum, stop);
        var reserved = await db.LedgerAccounts.AsNoTracking()
            .Where(account => account.Kind == LedgerKind.Reserved)
            .ToDictionaryAsync(account => account.OwnerId, account => account.Balance, stop);
        faults.AddRange(held.Keys.Union(reserved.Keys)
            .Where(owner => held.GetValueOrDefault(owner) != reserved.GetValueOrDefault(owner))
            .Select(owner => $"What is set aside for {owner:D} is not the sum of its open holds."));
    }

    /// <summary>What a customer owes is the sum of the open invoices.</summary>
    private async Task Debts(List<string> faults, CancellationToken stop)
    {
        var open = await db.InvoiceDebts
            .GroupBy(debt => debt.AccountId)
            .Select(group => new { OwnerId = group.Key, Sum = group.Sum(debt => debt.OpenNanos) })
            .ToDictionaryAsync(sum => sum.OwnerId, sum => sum.Sum, stop);
        var owed = await db.LedgerAccounts.AsNoTracking()
            .Where(account => account.Kind == LedgerKind.Receivable)
            .ToDictionaryAsync(account => account.OwnerId, account => -account.Balance, stop);
        faults.AddRange(open.Keys.Union(owed.Keys)
            .Where(owner => open.GetValueOrDefault(owner) != owed.GetValueOrDefault(owner))
            .Select(owner => $"What {owner:D} owes is not the sum of the open invoices."));
    }

    /// <summary>The blocks follow each other, and hold the postings that say so.</summary>
    private async Task Blocks(List<string> faults, CancellationToken stop)
    {
        var previous = AuditEntry.Origin;
        var number = 0L;
        var blocks = await db.LedgerBlocks.AsNoTracking().OrderBy(block => block.Number).ToListAsync(stop);
        foreach (var block in blocks)
        {
            var postings = await db.LedgerTransactions
                .Where(posting => posting.Block == block.Number)
                .OrderBy(posting => posting.Id).Select(posting => posting.Hash).ToListAsync(stop);
            var fits = block.Number == ++number
                && postings.Count == block.Count
                && block.PreviousHash.AsSpan().SequenceEqual(previous)
                && SealLedger.HashOf(previous, postings).AsSpan().SequenceEqual(block.Hash);
            if (!fits) faults.Add($"Block {block.Number} does not hold what was sealed in it.");
            previous = block.Hash;
        }
    }
}
