namespace Gatehouse.Domain;

/// <summary>A code that gives credits, once to each account.</summary>
public sealed class PromoCode
{
    /// <summary>In capitals; compared without regard to case.</summary>
    public required string Code { get; init; }

    /// <summary>What it gives, in nano-dollars.</summary>
    public required long CreditNanos { get; init; }

    /// <summary>How often it may be used in all; null for no limit.</summary>
    public int? MostUses { get; init; }

    /// <summary>How often it was used.</summary>
    public int Uses { get; init; }

    /// <summary>From when on it is worth nothing (UTC); null for never.</summary>
    public DateTime? ExpiresAt { get; init; }

    public required DateTime CreatedAt { get; init; }
}

/// <summary>
/// That somebody used a code. It stays when the account is erased, as keyed hashes of address and card, so that closing
/// an account and signing up again does not give it twice.
/// </summary>
public sealed class PromoRedemption
{
    public required Guid Id { get; init; }

    public required string Code { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>Keyed hash of the canonical address.</summary>
    public required byte[] AddressHash { get; init; }

    /// <summary>Keyed hash of the card's fingerprint; null without a card.</summary>
    public byte[]? CardHash { get; init; }

    public required DateTime RedeemedAt { get; init; }
}
