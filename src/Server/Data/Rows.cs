namespace Gatehouse.Data;

/// <summary>
/// The end of an account's audit chain: whoever appends takes the row first, so entries queue up one by one.
/// </summary>
public sealed class AuditChain
{
    public required Guid AccountId { get; init; }

    public required long Length { get; init; }

    /// <summary>Hash of the last entry.</summary>
    public required byte[] Head { get; init; }
}

/// <summary>How often something happened in a span of time that began with its first event.</summary>
public sealed class Counter
{
    /// <summary>Name of the limit and keyed hash of whom it counts.</summary>
    public required string Key { get; init; }

    public required long Count { get; init; }

    /// <summary>
    /// Milliseconds since 1970: until then nothing further passes, whatever the count; 0 for no pause.
    /// </summary>
    public required long PausedUntil { get; init; }

    /// <summary>Milliseconds since 1970: the row means nothing from then on.</summary>
    public required long EndsAt { get; init; }
}

/// <summary>A secret of the installation itself, sealed under the master key.</summary>
public sealed class InstallationSecret
{
    public required string Name { get; init; }

    public required byte[] Sealed { get; init; }

    public required DateTime CreatedAt { get; init; }
}

/// <summary>
/// The end of a customer's chain of postings: whoever books takes the row first, so postings queue up one by one.
/// </summary>
public sealed class LedgerChain
{
    public required Guid OwnerId { get; init; }

    public required long Length { get; init; }

    /// <summary>Hash of the last posting.</summary>
    public required byte[] Head { get; init; }
}

/// <summary>
/// The last invoice number that was given out: whoever issues takes the row, so numbers have no gaps.
/// </summary>
public sealed class InvoiceSeries
{
    /// <summary>1: there is one series.</summary>
    public required int Id { get; init; }

    public required long Last { get; init; }

    /// <summary>Hash of the invoice with that number.</summary>
    public required byte[] Head { get; init; }
}

/// <summary>
/// What the payment provider in the box remembers, as its own side of the wire: it has no other part in our tables.
/// </summary>
public sealed class SandboxObject
{
    /// <summary>Such as <c>cus_…</c> or <c>ch_…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The object, as JSON.</summary>
    public required string Json { get; set; }

    /// <summary>The idempotency key it was made under; null without one.</summary>
    public string? RequestKey { get; init; }

    public required DateTime CreatedAt { get; init; }
}
