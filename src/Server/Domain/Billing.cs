namespace Gatehouse.Domain;

/// <summary>
/// Where an account stands between two invoices, and when which job has to look at it again. The row is made when
/// something is metered for the first time. Times are seconds since 1970, UTC.
/// </summary>
public sealed record Billing
{
    public required Guid AccountId { get; init; }

    /// <summary>Where the next invoice begins; 0 while there was none.</summary>
    public long BilledUntil { get; init; }

    /// <summary>When the next invoice may be due; null while there is nothing to bill.</summary>
    public long? InvoiceDueAt { get; init; }

    /// <summary>Nano-dollars that credits have paid already for usage that is on no invoice yet.</summary>
    public long PrepaidNanos { get; init; }

    /// <summary>Until when credits have paid, or an invoice; null when they never did.</summary>
    public long? PrepaidUntil { get; init; }

    /// <summary>When credits have to pay again; null while nobody knows of a reason.</summary>
    public long? PrepaidDueAt { get; init; }

    /// <summary>Whether the owner was told that credits run out, and they were not filled up since.</summary>
    public bool IsLowTold { get; init; }

    /// <summary>The most that a period may cost, in nano-dollars; null for no cap.</summary>
    public long? CapNanos { get; init; }

    /// <summary>What happens at the cap.</summary>
    public CapAction CapAction { get; init; }

    /// <summary>From when on it holds: what was used before is paid whatever the cap says.</summary>
    public long CapSince { get; init; }

    /// <summary>When the cap has to be looked at; null without one.</summary>
    public long? CapDueAt { get; init; }

    /// <summary>Start of the period in which the owner was told of 80 %; 0 for none.</summary>
    public long CapWarnedFor { get; init; }

    /// <summary>Start of the period in which the cap was reached; 0 for none.</summary>
    public long CapReachedFor { get; init; }
}

/// <summary>What happens when a period has cost as much as its owner allowed.</summary>
public enum CapAction
{
    /// <summary>Nothing is begun that would lead past the cap.</summary>
    Refuse,

    /// <summary>Everything stops at the second in which the cap is reached, until the next period.</summary>
    Suspend,
}

/// <summary>Why an account is suspended: it ends with its reason.</summary>
public enum SuspensionCause
{
    /// <summary>The operator wanted it; only the operator ends it.</summary>
    Operator,

    /// <summary>An invoice could not be collected; the next payment ends it.</summary>
    Unpaid,

    /// <summary>A prepaid account has no credits left; credits or a card end it.</summary>
    NoCredits,

    /// <summary>The period has cost as much as its owner allowed; the next period or a higher cap ends it.</summary>
    SpendCap,

    /// <summary>A bank has taken a payment back and decides whose it is; its word, or the operator, ends it.</summary>
    Disputed,
}
