namespace Gatehouse.Domain;

/// <summary>An address of the platform that is told what happens, each message signed.</summary>
public sealed class Webhook
{
    public required Guid Id { get; init; }

    /// <summary>Where messages are posted.</summary>
    public required string Url { get; init; }

    /// <summary>The types it wants, with a blank between them; empty for all.</summary>
    public required string TypeNames { get; init; }

    /// <summary>The secret that signs, under the master key.</summary>
    public required byte[] SealedSecret { get; init; }

    /// <summary>The one before it, which signs beside it for a while; null when there is none.</summary>
    public byte[]? SealedPrevious { get; init; }

    /// <summary>Until when the previous secret signs too (UTC).</summary>
    public DateTime? PreviousUntil { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>Since when nothing is sent to it, as it said that it is gone (UTC); null while it gets all.</summary>
    public DateTime? DisabledAt { get; init; }

    /// <summary>The types one by one; none for all.</summary>
    public IReadOnlyList<string> Types => TypeNames.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Says whether it wants messages of a type.</summary>
    public bool Wants(string type) => TypeNames == "" || Types.Contains(type, StringComparer.Ordinal);

    /// <summary>What a secret is bound to, so that it opens nowhere else.</summary>
    public static string SealContext(Guid id) => $"webhook {id:D}";

    /// <summary>The id as operators read and type it.</summary>
    public static string NameOf(Guid id) => $"ep_{id:N}";

    /// <summary>The id behind such a name; null when it is none.</summary>
    public static Guid? Parse(string name) =>
        name.StartsWith("ep_", StringComparison.Ordinal) && Guid.TryParseExact(name[3..], "N", out var id) ? id : null;
}

/// <summary>One message on its way to one address.</summary>
public sealed class WebhookDelivery
{
    /// <summary>How long to wait after each failure; about three days in all (Standard Webhooks, "Retries").</summary>
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2),
        TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20),
        TimeSpan.FromHours(20),
    ];

    /// <summary>Longer than any message is tried, with a day to spare.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(4);

    public required Guid MessageId { get; init; }

    public required Guid WebhookId { get; init; }

    public required DeliveryState State { get; init; }

    /// <summary>
    /// Not before this time (UTC); a sender moves it forward while it works, so no other takes the same row.
    /// </summary>
    public required DateTime DueAt { get; init; }

    public int Attempts { get; init; }

    /// <summary>When it was tried last (UTC).</summary>
    public DateTime? TriedAt { get; init; }

    /// <summary>The status that the address answered last; null where it answered none.</summary>
    public int? Status { get; init; }

    /// <summary>Why the last attempt came to nothing; empty when it did not.</summary>
    public string Failure { get; init; } = "";

    /// <summary>How long to wait after so many failures; null when it is enough.</summary>
    public static TimeSpan? PauseAfter(int attempts) => attempts <= Pauses.Length ? Pauses[attempts - 1] : null;
}

/// <summary>How far a message is at one address.</summary>
public enum DeliveryState
{
    /// <summary>It waits for its first attempt or its next one.</summary>
    Pending,

    /// <summary>It was taken.</summary>
    Delivered,

    /// <summary>It was tried often enough, or its address is gone.</summary>
    GivenUp,
}
