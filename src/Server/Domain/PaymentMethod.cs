namespace Gatehouse.Domain;

/// <summary>
/// A card as the payment provider keeps it. We hold its name there and what is shown of it; never its number. One of an
/// account's is current; those before it stay until they are erased, because a hijacked account gets them back.
/// </summary>
public sealed class PaymentMethod
{
    public required Guid Id { get; init; }

    /// <summary>The account; the sign-up while there is no account yet.</summary>
    public required Guid HolderId { get; init; }

    /// <summary>The provider, such as <c>sandbox</c>.</summary>
    public required string Provider { get; init; }

    /// <summary>The customer at the provider.</summary>
    public required string CustomerRef { get; init; }

    /// <summary>The card at the provider.</summary>
    public required string MethodRef { get; init; }

    public required string Brand { get; init; }

    /// <summary>The last four digits, as text: they may begin with 0.</summary>
    public required string Last4 { get; init; }

    public required int ExpiryMonth { get; init; }

    public required int ExpiryYear { get; init; }

    /// <summary>Keyed hash of the provider's fingerprint: the same for the same card of different people.</summary>
    public required byte[] Fingerprint { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>When another one took its place; null for the current one.</summary>
    public DateTime? ReplacedAt { get; init; }
}

/// <summary>A visit to the provider's own page where a card is entered; the terminal waits for its end.</summary>
public sealed class CardSetup
{
    /// <summary>How long it may take.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>The visit at the provider.</summary>
    public required string ProviderRef { get; init; }

    /// <summary>When the card was stored; null while it was not.</summary>
    public DateTime? DoneAt { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime ExpiresAt { get; init; }
}
