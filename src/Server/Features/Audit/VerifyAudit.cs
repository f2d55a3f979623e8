using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Audit;

/// <summary>
/// Recomputes audit chains from their first entry and names every entry that was altered, removed or moved. Reads entry
/// by entry, so any length will do.
/// </summary>
public sealed class VerifyAudit(Db db, FindAccount find)
{
    /// <summary>How many entries were checked, and one sentence for each that does not fit.</summary>
    public async Task<(long Checked, IReadOnlyList<string> Faults)> Run(
        Caller caller, string who, CancellationToken stop)
    {
        var chains = db.AuditChains.AsNoTracking();
        if (who != "")
        {
            var found = await find.Run(caller, who, stop);
            if (!found.Is(out var account, out _)) return (0, [$"There is no account {who}."]);
            chains = chains.Where(c => c.AccountId == account.Id);
        }

        var (count, faults) = (0L, new List<string>());
        foreach (var chain in await chains.ToListAsync(stop)) count += await Verify(chain, faults, stop);
        return (count, faults);
    }

    private async Task<long> Verify(AuditChain chain, List<string> faults, CancellationToken stop)
    {
        var (previous, expected) = (AuditEntry.Origin, 1L);
        var entries = db.AuditEntries.AsNoTracking()
            .Where(e => e.AccountId == chain.AccountId)
            .OrderBy(e => e.Sequence);
        await foreach (var entry in entries.AsAsyncEnumerable().WithCancellation(stop))
        {
            var name = $"Account {chain.AccountId:D}, entry {entry.Sequence}";
            if (entry.Sequence != expected) faults.Add($"{name}: entry {expected} is missing.");
            else if (!Same(entry.PreviousHash, previous)) faults.Add($"{name} does not follow the entry before it.");
            if (!Same(entry.Hash, entry.ComputeHash())) faults.Add($"{name} was altered.");
            (previous, expected) = (entry.Hash, entry.Sequence + 1);
        }

        if (expected != chain.Length + 1 || !Same(previous, chain.Head))
            faults.Add($"Account {chain.AccountId:D}: the chain does not end where it should.");
        return expected - 1;
    }

    private static bool Same(byte[] one, byte[] other) => one.AsSpan().SequenceEqual(other);
}
