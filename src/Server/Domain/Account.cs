namespace Gatehouse.Domain;

/// <summary>
/// A customer. An account whose address is not confirmed claims nothing: several may name the same address, none of
/// them is in its owner's way, and all of them go when the owner confirms it or after seven days.
/// </summary>
public sealed class Account
{
    /// <summary>How long an account with an unconfirmed address is kept.</summary>
    public static readonly TimeSpan UnconfirmedLife = TimeSpan.FromDays(7);

    private Account()
    {
    }

    /// <summary>Opaque; the only name of a person that append-only records hold.</summary>
    public Guid Id { get; private set; }

    /// <summary>The canonical address; unique among confirmed accounts.</summary>
    public string Email { get; private set; } = "";

    /// <summary>The address as its owner spells it.</summary>
    public string EmailSpelling { get; private set; } = "";

    /// <summary>When the address was proven (UTC); null while it was not.</summary>
    public DateTime? EmailConfirmedAt { get; private set; }

    /// <summary>Public, as its owner spells it.</summary>
    public string UserName { get; private set; } = "";

    /// <summary>The same in the form in which names are compared; unique.</summary>
    public string UserNameCanonical { get; private set; } = "";

    /// <summary>Argon2id in PHC form; null for accounts without a password.</summary>
    public string? PasswordHash { get; private set; }

    public Tier Tier { get; private set; }

    /// <summary>
    /// When its owner closed it (UTC). From then on it is as if it did not exist, but for the link that undoes it.
    /// </summary>
    public DateTime? ClosedAt { get; private set; }

    /// <summary>When everything personal was removed (UTC); the empty shell is what old invoices point at.</summary>
    public DateTime? ErasedAt { get; private set; }

    /// <summary>Keyed hash of the link that undoes the closing; null while it is open.</summary>
    public byte[]? UndoHash { get; private set; }

    /// <summary>Rises with everything that ends all logins; a token that names an older one is dead.</summary>
    public int Version { get; private set; }

    /// <summary>
    /// When it was suspended (UTC): it may look, pay and leave, and use nothing more. Null while it is not.
    /// </summary>
    public DateTime? SuspendedAt { get; private set; }

    /// <summary>Why; null while it is not.</summary>
    public SuspensionCause? SuspendedFor { get; private set; }

    /// <summary>How many apps it has; the limit of its tier is held against this number.</summary>
    public int AppCount { get; private set; }

    /// <summary>How many databases it has; the limit of its tier is held against this number.</summary>
    public int DatabaseCount { get; private set; }

    /// <summary>UTC. Billing periods start on this day.</summary>
    public DateTime CreatedAt { get; private set; }

    /// <summary>The address.</summary>
    public EmailAddress Address => new(EmailSpelling, Email);

    /// <summary>What a password must not be.</summary>
    public IReadOnlyList<string> Identities => [Email, EmailSpelling, UserName];

    /// <summary>A new account, confirmed or not; without a name it gets one at random.</summary>
    public static Account Open(
        EmailAddress email, string? passwordHash, DateTime? confirmedAt, DateTime now, UserName? name = null)
    {
        name ??= Domain.UserName.AtRandom();
        return new Account
        {
            Id = Guid.CreateVersion7(now),
            Email = email.Canonical,
            EmailSpelling = email.Spelling,
            EmailConfirmedAt = confirmedAt,
            UserName = name.Spelling,
            UserNameCanonical = name.Canonical,
            PasswordHash = passwordHash,
            Tier = Tier.Free,
            CreatedAt = now,
        };
    }

    /// <summary>Notes that the owner of the address proved it.</summary>
    public void ConfirmEmail(DateTime now) => EmailConfirmedAt ??= now;

    /// <summary>Another address, which its owner has proven.</summary>
    public void MoveTo(EmailAddress email, DateTime now) =>
        (Email, EmailSpelling, EmailConfirmedAt) = (email.Canonical, email.Spelling, now);

    /// <summary>A new password; null for none, until one is set by mail.</summary>
    public void SetPassword(string? passwordHash) => PasswordHash = passwordHash;

    /// <summary>The tier that a new account begins in.</summary>
    public void BeginIn(Tier tier) => Tier = tier;

    /// <summary>Closes the account; the undo link brings it back while it is not erased.</summary>
    public void Close(byte[] undoHash, DateTime now) => (ClosedAt, UndoHash) = (now, undoHash);

    /// <summary>Undoes <see cref="Close"/>.</summary>
    public void Reopen() => (ClosedAt, UndoHash) = (null, null);

    /// <summary>Removes everything personal; only the opaque id and what bills need stay.</summary>
    public void Erase(DateTime now)
    {
        (Email, EmailSpelling, PasswordHash, UndoHash) = ("", "", null, null);
        UserName = UserNameCanonical = $"erased {Id:D}";
        (ErasedAt, ClosedAt) = (now, ClosedAt ?? now);
    }

    /// <summary>Stores a hash with today's parameters in place of an older one of the same password.</summary>
    public void Rehash(string passwordHash) => PasswordHash = passwordHash;
}
