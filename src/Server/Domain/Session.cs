namespace Gatehouse.Domain;

/// <summary>A browser or a token holder that is logged in.</summary>
public sealed class Session
{
    private Session()
    {
    }

    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    /// <summary>Keyed hash of the reference that the client holds.</summary>
    public byte[] Hash { get; private set; } = [];

    /// <summary>What the client calls itself.</summary>
    public string Device { get; private set; } = "";

    public string Address { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    public DateTime LastSeenAt { get; private set; }

    public DateTime ExpiresAt { get; private set; }
}
