namespace Gatehouse.Domain;

/// <summary>
/// The authenticator app of an account (TOTP, RFC 6238: SHA-1, 6 digits, 30 s). Active from the first right code on;
/// until then it may be started anew.
/// </summary>
public sealed class SecondFactor
{
    private SecondFactor()
    {
    }

    public Guid AccountId { get; private set; }

    /// <summary>The secret, sealed under the master key and bound to the account.</summary>
    public byte[] SealedSecret { get; private set; } = [];

    public DateTime? ActivatedAt { get; private set; }

    /// <summary>The last time step of which a code was accepted; only a later one ever is again.</summary>
    public long LastStep { get; private set; }

    /// <summary>A factor that waits for its first code.</summary>
    public static SecondFactor Start(Guid accountId, byte[] sealedSecret) =>
        new() { AccountId = accountId, SealedSecret = sealedSecret };

    /// <summary>A new secret in place of one that never became active.</summary>
    public void StartOver(byte[] sealedSecret) => SealedSecret = sealedSecret;
}

/// <summary>One of the ten codes that stand in for the second factor, once each.</summary>
public sealed class RecoveryCode
{
    /// <summary>How many an account gets at a time.</summary>
    public const int Count = 10;

    /// <summary>From how few on their owner is reminded to make new ones.</summary>
    public const int Few = 3;

    public required Guid AccountId { get; init; }

    /// <summary>Keyed hash of the code, bound to the account.</summary>
    public required byte[] Hash { get; init; }
}
