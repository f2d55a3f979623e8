namespace Gatehouse.Domain;

/// <summary>
/// A credential for programs. Shown once; only its keyed hash is kept. It works until it is revoked, or until an expiry
/// that was asked for.
/// </summary>
public sealed class ApiKey
{
    /// <summary>The most keys an account keeps; then the least recently used one that a login made goes.</summary>
    public const int MostPerAccount = 1000;

    private ApiKey()
    {
    }

    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    /// <summary>Unique within the account; the device's name for keys that a login made.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Keyed hash of the key.</summary>
    public byte[] Hash { get; private set; } = [];

    public DateTime CreatedAt { get; private set; }

    /// <summary>When the full login was that made this key (UTC); null for keys made otherwise.</summary>
    public DateTime? LoggedInAt { get; private set; }

    /// <summary>UTC; null for never.</summary>
    public DateTime? ExpiresAt { get; private set; }

    /// <summary>UTC, to the hour; null until the first use.</summary>
    public DateTime? LastUsedAt { get; private set; }

    /// <summary>What the key may be used for; empty for everything.</summary>
    public string ScopeNames { get; private set; } = "";

    /// <summary>A key that its owner made by name.</summary>
    public static ApiKey Named(
        Guid accountId, string name, byte[] hash, Scopes scopes, DateTime? expiresAt, DateTime now) => new()
        {
            Id = Guid.CreateVersion7(now),
            AccountId = accountId,
            Name = name,
            Hash = hash,
            CreatedAt = now,
            ExpiresAt = expiresAt,
            ScopeNames = scopes.Names,
        };

    /// <summary>A key for the device that just logged in.</summary>
    public static ApiKey ForLogin(
        Guid accountId, string name, byte[] hash, DateTime? loggedInAt, DateTime now) => new()
        {
            Id = Guid.CreateVersion7(now),
            AccountId = accountId,
            Name = name,
            Hash = hash,
            CreatedAt = now,
            LoggedInAt = loggedInAt,
        };
}
