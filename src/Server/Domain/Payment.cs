namespace Gatehouse.Domain;

/// <summary>
/// Money asked of a customer. The row is there before the provider hears of it, and the provider's idempotency key is
/// made of its id: whatever is repeated after a crash is the same charge. What was paid for is credited in the
/// transaction that marks the row paid.
/// </summary>
public sealed class Payment
{
    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    public required PaymentPurpose Purpose { get; init; }

    /// <summary>The invoice that it pays; null for credits.</summary>
    public long? InvoiceNumber { get; init; }

    /// <summary>Nano-dollars; always whole cents.</summary>
    public required long AmountNanos { get; init; }

    public required PaymentState State { get; init; }

    /// <summary>Names the request that asked for it: a repeated one is the same. Unique in the account.</summary>
    public required string RequestKey { get; init; }

    /// <summary>Hash of that request; another request under the same name is refused.</summary>
    public required byte[] RequestHash { get; init; }

    public required string CustomerRef { get; init; }

    public required string MethodRef { get; init; }

    /// <summary>
    /// The charge at the provider, which says itself whether it was paid; null before it has a name there.
    /// </summary>
    public string? ChargeRef { get; init; }

    /// <summary>Why the provider refused, in its own word, such as <c>card_declined</c>.</summary>
    public string? Decline { get; init; }

    /// <summary>How much of it was paid back, in nano-dollars.</summary>
    public long RefundedNanos { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>When the provider's answer was known.</summary>
    public DateTime? SettledAt { get; init; }
}

/// <summary>What a payment is for.</summary>
public enum PaymentPurpose
{
    /// <summary>Credits that somebody buys.</summary>
    Credits,

    /// <summary>What is owed of an invoice.</summary>
    Invoice,
}

/// <summary>How far a payment is.</summary>
public enum PaymentState
{
    /// <summary>The provider may or may not have heard of it.</summary>
    Started,

    /// <summary>Paid and credited.</summary>
    Paid,

    /// <summary>The provider refused; nothing was charged.</summary>
    Declined,

    /// <summary>The customer's bank wants to hear it from the customer.</summary>
    Waiting,

    /// <summary>
    /// What the provider has of it is not what was asked for: nothing is credited until the operator has looked.
    /// </summary>
    Quarantined,
}
