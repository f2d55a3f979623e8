using System.Diagnostics;
using Gatehouse.Data;
using Gatehouse.Domain;

namespace Gatehouse.Features.Ledger;

/// <summary>
/// Writes into the books: double entry, append only, each customer's postings one after the other. Runs in the caller's
/// transaction; a refusal leaves nothing behind.
/// </summary>
internal sealed class Book(Db db)
{
    /// <summary>
    /// Books what <paramref name="lines"/> comes to, or answers what was booked before under the same key. The lines
    /// are made after the customer's books were taken, so what they were made of holds. Refuses with
    /// <see cref="Reason.RequestKeyReused"/>, <see cref="Reason.InsufficientCredits"/>, or what they refuse.
    /// </summary>
    public async Task<Outcome<LedgerTransaction>> Post(
        PostingRequest request,
        Func<Balances, Task<Outcome<IReadOnlyList<PostingLine>>>> lines,
        DateTime now,
        CancellationToken stop)
    {
        var chain = await db.TakeLedgerChain(request.OwnerId, stop);
        if (await db.FindPosting(request.Key, stop) is { } before)
            return before.RequestHash.AsSpan().SequenceEqual(request.ComputeHash()) ? before : Reason.RequestKeyReused;
        var balances = new Balances(request.OwnerId, await db.BalancesOf(request.OwnerId, stop));
        if (!(await lines(balances)).Is(out var booked, out var refusal)) return refusal;
        Debug.Assert(Bookkeeping.IsBalanced(booked), "Every operation makes lines that sum to zero.");
        if (!Bookkeeping.IsBalanced(booked)) return new Refusal(Reason.OutOfRange, Field.Amount);
        if (!Fits(balances, booked)) return Reason.InsufficientCredits;
        return await Write(request, chain, booked, now, stop);
    }

    /// <summary>The same with lines that need nothing to be read.</summary>
    public Task<Outcome<LedgerTransaction>> Post(
        PostingRequest request, IReadOnlyList<PostingLine> lines, DateTime now, CancellationToken stop) =>
        Post(request, _ => Task.FromResult(Outcome.Of(lines)), now, stop);

    /// <summary>Says whether every balance stays within its bounds; nobody else changes them meanwhile.</summary>
    private static bool Fits(Balances balances, IReadOnlyList<PostingLine> lines)
    {
        foreach (var line in lines.Where(line => !Bookkeeping.IsHouse(line.Kind)).GroupBy(line => line.Kind))
        {
            var after = line.Aggregate((Int128)balances[line.Key], (sum, one) => sum + one.Amount);
            if (after > long.MaxValue || after < (Bookkeeping.HasFloor(line.Key) ? 0 : -long.MaxValue)) return false;
        }

        return !balances.Overflow(lines.Where(line => Bookkeeping.HasFloor(line.Kind)).Aggregate(
            Int128.Zero, (sum, line) => sum + line.Amount));
    }

    private async Task<LedgerTransaction> Write(
        PostingRequest request,
        LedgerChain chain,
        IReadOnlyList<PostingLine> lines,
        DateTime now,
        CancellationToken stop)
    {
        var (posting, entries) = Compose(request, chain, lines, now);
        foreach (var moved in entries.Where(e => !Bookkeeping.IsHouse(e.Kind)).GroupBy(e => e.Kind).OrderBy(g => g.Key))
        {
            var sum = moved.Sum(entry => entry.Amount);
            if (sum != 0 && !await db.TryMove(request.OwnerId, moved.Key, sum, stop))
                throw new UnreachableException("A balance changed while its owner's books were taken.");
        }

        foreach (var entry in entries.Where(entry => entry.LotId is not null))
        {
            if (!await db.TryMoveLot(entry.LotId!.Value, entry.Amount, stop))
                throw new UnreachableException("A lot changed while its owner's books were taken.");
        }

        db.LedgerTransactions.Add(posting);
        db.LedgerEntries.AddRange(entries);
        await db.SaveChangesAsync(stop);
        await db.LengthenLedgerChain(posting, stop);
        return posting;
    }

    private static (LedgerTransaction Posting, IReadOnlyList<LedgerEntry> Entries) Compose(
        PostingRequest request, LedgerChain chain, IReadOnlyList<PostingLine> lines, DateTime now)
    {
        var id = Guid.CreateVersion7(now);
        var entries = lines.Select((line, index) => new LedgerEntry
        {
            TransactionId = id,
            Line = index + 1,
            OwnerId = Bookkeeping.IsHouse(line.Kind) ? Guid.Empty : request.OwnerId,
            Kind = line.Kind,
            Amount = line.Amount,
            LotId = line.LotId,
        }).ToList();
        var draft = new LedgerTransaction
        {
            Id = id,
            OwnerId = request.OwnerId,
            Sequence = chain.Length + 1,
            RequestKey = request.Key,
            RequestHash = request.ComputeHash(),
            Kind = request.Kind,
            Memo = request.Memo,
            ReversedId = request.ReversedId,
            At = now,
            PreviousHash = chain.Head,
        };
        return (draft.Sealed(Bookkeeping.ComputeHash(draft, entries)), entries);
    }
}

/// <summary>What a customer had when the books were taken.</summary>
internal sealed record Balances(Guid OwnerId, IReadOnlyDictionary<LedgerKind, long> Known)
{
    /// <summary>Nano-dollars; 0 for what was never touched.</summary>
    public long this[LedgerKind kind] => Known.GetValueOrDefault(kind);

    /// <summary>Says whether all credits together, with so much more, are past what one number holds.</summary>
    public bool Overflow(Int128 more) =>
        more + this[LedgerKind.Wallet] + this[LedgerKind.Promo] + this[LedgerKind.Reserved] > long.MaxValue;
}
