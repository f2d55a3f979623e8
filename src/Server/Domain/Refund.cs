namespace Gatehouse.Domain;

/// <summary>
/// A part of a payment that is paid back, or all of it. The row is there before the provider hears of it, with the
/// credits taken in the same transaction, so that nobody spends what is on its way back to a card.
/// </summary>
public sealed class Refund
{
    public required Guid Id { get; init; }

    public required Guid PaymentId { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>The charge at the provider that is paid back.</summary>
    public required string ChargeRef { get; init; }

    /// <summary>Nano-dollars; always whole cents.</summary>
    public required long AmountNanos { get; init; }

    public required RefundState State { get; init; }

    /// <summary>
    /// Why, in the operator's words. It goes into the activity of the account when the refund is settled, and is empty
    /// from then on: it may name people, and only there it is erased with them.
    /// </summary>
    public required string Reason { get; init; }

    /// <summary>The posting that took the credits; a refused refund reverses it.</summary>
    public required Guid PostingId { get; init; }

    /// <summary>The refund at the provider; null while it is not known.</summary>
    public string? RefundRef { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>When the provider's answer was known.</summary>
    public DateTime? SettledAt { get; init; }

    /// <summary>The name under which the provider, and the books, know it: repeated, it happens once.</summary>
    public static string RequestKeyOf(Guid id) => $"refund:{id:D}";
}

/// <summary>How far a refund is.</summary>
public enum RefundState
{
    /// <summary>The provider may or may not have heard of it.</summary>
    Started,

    /// <summary>The money is on its way back.</summary>
    Paid,

    /// <summary>The provider refused; the credits are back.</summary>
    Declined,
}
