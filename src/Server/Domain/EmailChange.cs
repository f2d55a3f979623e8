namespace Gatehouse.Domain;

/// <summary>
/// A change of address as one state machine: requested, then confirmed at the next address or revoked at the one
/// before, and for seven days after the confirmation still revocable. Nothing changes before the confirmation, and
/// after a revocation nothing ever will.
/// </summary>
public sealed class EmailChange
{
    /// <summary>How long the next address may take to confirm.</summary>
    public static readonly TimeSpan ConfirmLife = TimeSpan.FromHours(24);

    /// <summary>How long the address before may undo a confirmed change.</summary>
    public static readonly TimeSpan RevokeLife = TimeSpan.FromDays(7);

    private EmailChange()
    {
    }

    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    public string PreviousSpelling { get; private set; } = "";

    /// <summary>The canonical address before the change.</summary>
    public string Previous { get; private set; } = "";

    public string NextSpelling { get; private set; } = "";

    /// <summary>The canonical address after the change: confirming proves this one and no other.</summary>
    public string Next { get; private set; } = "";

    /// <summary>Keyed hash of the token at the next address; null when it can be used no more.</summary>
    public byte[]? ConfirmHash { get; private set; }

    /// <summary>Keyed hash of the token at the address before; null when it can be used no more.</summary>
    public byte[]? RevokeHash { get; private set; }

    public string RequestedFrom { get; private set; } = "";

    public DateTime RequestedAt { get; private set; }

    public DateTime ConfirmExpiresAt { get; private set; }

    public DateTime RevokeExpiresAt { get; private set; }

    public DateTime? ConfirmedAt { get; private set; }

    /// <summary>The address before the change.</summary>
    public EmailAddress PreviousAddress => new(PreviousSpelling, Previous);

    /// <summary>The address after the change.</summary>
    public EmailAddress NextAddress => new(NextSpelling, Next);

    /// <summary>A change that waits for its confirmation.</summary>
    public static EmailChange Request(
        Account account, EmailAddress next, (byte[] Confirm, byte[] Revoke) hashes, string from, DateTime now) => new()
        {
            Id = Guid.CreateVersion7(now),
            AccountId = account.Id,
            PreviousSpelling = account.EmailSpelling,
            Previous = account.Email,
            NextSpelling = next.Spelling,
            Next = next.Canonical,
            ConfirmHash = hashes.Confirm,
            RevokeHash = hashes.Revoke,
            RequestedFrom = from,
            RequestedAt = now,
            ConfirmExpiresAt = now + ConfirmLife,
            RevokeExpiresAt = now + ConfirmLife,
        };
}
