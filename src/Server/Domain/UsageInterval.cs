namespace Gatehouse.Domain;

/// <summary>
/// A time in which one billed thing stayed as it was, from its start to its end, the end not included. Intervals of one
/// thing never overlap and leave no gap while it exists: every change ends one and begins the next in the same second.
/// They outlive the thing, because bills are made of them.
/// </summary>
public sealed class UsageInterval
{
    public required Guid Id { get; init; }

    /// <summary>Who pays.</summary>
    public required Guid AccountId { get; init; }

    public required Guid AppId { get; init; }

    /// <summary>The app's name then; the app itself may be gone.</summary>
    public required string AppName { get; init; }

    public required Metered Kind { get; init; }

    /// <summary>The app, or the database.</summary>
    public required Guid ResourceId { get; init; }

    /// <summary>Replicas; 1 for a database.</summary>
    public required int Quantity { get; init; }

    /// <summary>Size of one of them in thousandths of a gigabyte.</summary>
    public required int SizeMilli { get; init; }

    /// <summary>Seconds since 1970, UTC.</summary>
    public required long StartsAt { get; init; }

    /// <summary>Seconds since 1970, UTC; null while it lasts.</summary>
    public long? EndsAt { get; init; }

    /// <summary>
    /// Until when invoices have counted it, in seconds since 1970; null while none has. Later than its end when that
    /// was known too late: the next invoice gives the difference back.
    /// </summary>
    public long? BilledUntil { get; init; }
}

/// <summary>What is metered.</summary>
public enum Metered
{
    Replica,
    Database,
}
