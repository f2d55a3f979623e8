namespace Gatehouse.Domain;

/// <summary>The one open password reset of an account; a new request takes the place of the one before.</summary>
public sealed class PasswordReset
{
    /// <summary>How long its token works.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    public required Guid AccountId { get; init; }

    /// <summary>Keyed hash of the token.</summary>
    public required byte[] Hash { get; init; }

    public required DateTime ExpiresAt { get; init; }
}
