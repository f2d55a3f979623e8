namespace Gatehouse.Domain;

/// <summary>What the database says of an account when its status is shown, at one moment.</summary>
public sealed record AccountFacts
{
    /// <summary>Opaque.</summary>
    public required Guid Id { get; init; }

    /// <summary>As its owner spells it.</summary>
    public required string Email { get; init; }

    /// <summary>Public.</summary>
    public required string UserName { get; init; }

    /// <summary>What it pays for.</summary>
    public required Tier Tier { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>Says whether the address was proven.</summary>
    public required bool IsConfirmed { get; init; }

    /// <summary>Says whether it is suspended.</summary>
    public required bool IsSuspended { get; init; }

    /// <summary>Why, as far as that is known; null while it is not.</summary>
    public required SuspensionCause? SuspendedFor { get; init; }

    /// <summary>Says whether a password opens it.</summary>
    public required bool HasPassword { get; init; }

    /// <summary>Says whether there is a payment method.</summary>
    public required bool HasMethod { get; init; }

    /// <summary>The address of the Google account that opens it too; null for none.</summary>
    public required string? Google { get; init; }

    /// <summary>What can be spent, in nano-dollars.</summary>
    public required long CreditNanos { get; init; }

    /// <summary>How many there are.</summary>
    public required int Apps { get; init; }

    /// <summary>How many there are.</summary>
    public required int Databases { get; init; }

    /// <summary>How many there are.</summary>
    public required int SshKeys { get; init; }

    /// <summary>Of the app that has the most.</summary>
    public required int Replicas { get; init; }

    /// <summary>The largest of a replica that runs, in thousandths of a gigabyte.</summary>
    public required int SizeMilli { get; init; }

    /// <summary>Of the app that has the most.</summary>
    public required int Domains { get; init; }

    /// <summary>Of the app that has the most, its owner not counted.</summary>
    public required int Collaborators { get; init; }

    /// <summary>Recovery codes that were not used; null while no second factor is on.</summary>
    public required int? RecoveryCodesLeft { get; init; }
}
