namespace Gatehouse.Domain;

/// <summary>
/// A message that must leave: written in the transaction of the change that causes it, removed when it was handed over.
/// Its content is encrypted while it waits, so no token or code is ever readable in the database.
/// </summary>
public sealed class OutboxMail
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(15);

    private OutboxMail()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>The sealed recipient, subject and text.</summary>
    public byte[] Sealed { get; private set; } = [];

    public DateTime CreatedAt { get; private set; }

    /// <summary>
    /// Not before this time (UTC); a sender moves it forward while it works, so no other takes the same row.
    /// </summary>
    public DateTime DueAt { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>A message that is due at once. The seal is bound to the id, so rows cannot be swapped.</summary>
    public static OutboxMail Create(DateTime now, Func<Guid, byte[]> seal)
    {
        var id = Guid.CreateVersion7(now);
        return new OutboxMail { Id = id, Sealed = seal(id), CreatedAt = now, DueAt = now };
    }

    /// <summary>How long to wait after so many failures: 1 s, 2 s, 4 s, … at most 15 minutes.</summary>
    public static TimeSpan PauseAfter(int attempts)
    {
        var pause = TimeSpan.FromSeconds(1L << Math.Min(attempts - 1, 20));
        return pause < LongestPause ? pause : LongestPause;
    }
}
