namespace Gatehouse.Domain;

/// <summary>What money can be booked on. Those of a customer first; those of the house belong to nobody.</summary>
public enum LedgerKind
{
    /// <summary>Credits that were paid for; never below zero.</summary>
    Wallet,

    /// <summary>Credits that were given, in lots that may expire; never below zero.</summary>
    Promo,

    /// <summary>Credits set aside for something that is running; never below zero.</summary>
    Reserved,

    /// <summary>What the customer owes, as a negative amount.</summary>
    Receivable,

    /// <summary>House: what the payment provider holds for us, as a negative amount.</summary>
    Clearing,

    /// <summary>House: what was earned.</summary>
    Revenue,

    /// <summary>House: what was given away, as a negative amount.</summary>
    PromoExpense,

    /// <summary>House: given credits that expired unused.</summary>
    Breakage,

    /// <summary>House: fractions of a cent that rounding left over.</summary>
    Rounding,
}

/// <summary>One balance of one customer; the house's are the sums of their entries.</summary>
public sealed class LedgerAccount
{
    public required Guid OwnerId { get; init; }

    public required LedgerKind Kind { get; init; }

    /// <summary>Nano-dollars.</summary>
    public required long Balance { get; init; }

    /// <summary>How many postings touched it.</summary>
    public required long Version { get; init; }
}

/// <summary>
/// One posting: entries that sum to zero, chained to the posting before it of the same customer. Never changed, never
/// deleted; a mistake is put right by a posting that reverses it.
/// </summary>
public sealed class LedgerTransaction
{
    public required Guid Id { get; init; }

    /// <summary>The customer; <see cref="Guid.Empty"/> for the house alone.</summary>
    public required Guid OwnerId { get; init; }

    /// <summary>1, 2, 3, … within the customer.</summary>
    public required long Sequence { get; init; }

    /// <summary>Unique: the same posting asked for twice is booked once.</summary>
    public required string RequestKey { get; init; }

    /// <summary>Hash of what was asked for; something else under the same key is refused.</summary>
    public required byte[] RequestHash { get; init; }

    /// <summary>Such as <c>credits.bought</c>; stays as it is.</summary>
    public required string Kind { get; init; }

    /// <summary>Why, where somebody gave a reason.</summary>
    public required string Memo { get; init; }

    /// <summary>The posting that this one reverses; each can be reversed once.</summary>
    public Guid? ReversedId { get; init; }

    public required DateTime At { get; init; }

    public required byte[] PreviousHash { get; init; }

    /// <summary>SHA-256 over all other fields and the entries; see <see cref="Bookkeeping.ComputeHash"/>.</summary>
    public byte[] Hash { get; private set; } = [];

    /// <summary>The block in which a job sealed it; null until then.</summary>
    public long? Block { get; init; }

    /// <summary>The same with its hash, which is the last thing to be known of it.</summary>
    public LedgerTransaction Sealed(byte[] hash)
    {
        Hash = hash;
        return this;
    }
}

/// <summary>One line of a posting.</summary>
public sealed class LedgerEntry
{
    /// <summary>The largest amount of one line: 10¹⁸ nano-dollars.</summary>
    public const long Largest = 1_000_000_000_000_000_000;

    public required Guid TransactionId { get; init; }

    public required int Line { get; init; }

    /// <summary>The customer; <see cref="Guid.Empty"/> for the house.</summary>
    public required Guid OwnerId { get; init; }

    public required LedgerKind Kind { get; init; }

    /// <summary>Nano-dollars, never zero.</summary>
    public required long Amount { get; init; }

    /// <summary>The lot of given credits that it adds to or takes from.</summary>
    public Guid? LotId { get; init; }
}

/// <summary>Credits that were given at one time, and what is left of them.</summary>
public sealed class PromoLot
{
    public required Guid Id { get; init; }

    public required Guid OwnerId { get; init; }

    public required long Granted { get; init; }

    public required long Remaining { get; init; }

    /// <summary>From when on it cannot be spent (UTC); null for never.</summary>
    public DateTime? ExpiresAt { get; init; }

    public required DateTime CreatedAt { get; init; }
}

/// <summary>Credits set aside until it is known how much of them is used.</summary>
public sealed class CreditHold
{
    public required Guid Id { get; init; }

    public required Guid OwnerId { get; init; }

    public required long Amount { get; init; }

    /// <summary>The posting that set them aside.</summary>
    public required Guid TransactionId { get; init; }

    /// <summary>When it ended, whichever way; null while it is open.</summary>
    public DateTime? EndedAt { get; init; }

    public required DateTime ExpiresAt { get; init; }
}

/// <summary>Postings of all customers and the house, sealed together so that none can vanish with its chain.</summary>
public sealed class LedgerBlock
{
    public required long Number { get; init; }

    public required int Count { get; init; }

    public required byte[] PreviousHash { get; init; }

    /// <summary>SHA-256 over the previous hash and the hashes of its postings in order of their ids.</summary>
    public required byte[] Hash { get; init; }

    public required DateTime SealedAt { get; init; }
}
