using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gatehouse.Domain;

/// <summary>
/// One event in the life of an account, chained to the one before it: whoever alters, removes or reorders an entry
/// breaks every hash after it. The entry holds no personal data; where the request came from stands in
/// <see cref="AuditContext"/> behind a salted hash and can be erased without breaking the chain.
/// </summary>
public sealed class AuditEntry
{
    /// <summary>What the first entry of a chain is chained to.</summary>
    public static readonly byte[] Origin = new byte[SHA256.HashSizeInBytes];

    /// <summary>How a time is written into the hash: UTC with microseconds.</summary>
    public const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.ffffffZ";

    private AuditEntry()
    {
    }

    public Guid AccountId { get; private set; }

    /// <summary>1, 2, 3, … within the account.</summary>
    public long Sequence { get; private set; }

    public DateTime At { get; private set; }

    /// <summary>One of <see cref="AuditEvent"/>.</summary>
    public string Event { get; private set; } = "";

    /// <summary>The id of what it happened to, such as a key; never a secret, never a name.</summary>
    public string Subject { get; private set; } = "";

    /// <summary>The key that was used; null when none was.</summary>
    public Guid? KeyId { get; private set; }

    /// <summary>Hash of <see cref="AuditContext"/>.</summary>
    public byte[] ContextHash { get; private set; } = [];

    public byte[] PreviousHash { get; private set; } = [];

    public byte[] Hash { get; private set; } = [];

    /// <summary>The next entry of a chain.</summary>
    public static AuditEntry After(
        byte[] previousHash, long sequence, Guid accountId, AuditFact fact, AuditContext context, DateTime now)
    {
        var entry = new AuditEntry
        {
            AccountId = accountId,
            Sequence = sequence,
            At = now,
            Event = fact.Event,
            Subject = fact.Subject,
            KeyId = fact.KeyId,
            ContextHash = context.ComputeHash(),
            PreviousHash = previousHash,
        };
        entry.Hash = entry.ComputeHash();
        return entry;
    }

    /// <summary>The hash that <see cref="Hash"/> must be: SHA-256 over all other fields, one a line.</summary>
    public byte[] ComputeHash() => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
        AccountId.ToString("D"),
        Sequence.ToString(CultureInfo.InvariantCulture),
        At.ToString(TimeFormat, CultureInfo.InvariantCulture),
        Event,
        Subject,
        KeyId?.ToString("D"),
        Convert.ToHexStringLower(ContextHash),
        Convert.ToHexStringLower(PreviousHash))));
}

/// <summary>What an operation has to tell the audit log.</summary>
/// <param name="Event">One of <see cref="AuditEvent"/>.</param>
/// <param name="Subject">The id of what it happened to; empty for the account itself.</param>
/// <param name="KeyId">The key that was used.</param>
public sealed record AuditFact(string Event, string Subject = "", Guid? KeyId = null);

/// <summary>The names of the events; they are in exports, so they stay as they are.</summary>
public static class AuditEvent
{
    public const string AccountCreated = "account.created";
    public const string EmailConfirmed = "email.confirmed";
    public const string LoginSucceeded = "login.succeeded";
    public const string LoginFailed = "login.failed";
    public const string PasswordRehashed = "password.rehashed";
    public const string FactorRefused = "factor.refused";
    public const string FactorActivated = "factor.activated";
    public const string FactorDeactivated = "factor.deactivated";
    public const string RecoveryCodeUsed = "recovery_code.used";
    public const string RecoveryCodesRegenerated = "recovery_codes.regenerated";
    public const string PasswordChanged = "password.changed";
    public const string PasswordResetRequested = "password.reset_requested";
    public const string PasswordReset = "password.reset";
    public const string EmailChangeRequested = "email.change_requested";
    public const string EmailChanged = "email.changed";
    public const string EmailChangeRevoked = "email.change_revoked";
    public const string SessionEnded = "session.ended";
    public const string SessionCopied = "session.copied";
    public const string ExternalLoginLinked = "external_login.linked";
    public const string ExternalLoginUnlinked = "external_login.unlinked";
    public const string SshKeyAdded = "ssh_key.added";
    public const string SshKeyRemoved = "ssh_key.removed";
    public const string AccountUpgraded = "account.upgraded";
    public const string AccountDowngraded = "account.downgraded";
    public const string AccountRecovered = "account.recovered";
    public const string AccountSuspended = "account.suspended";
    public const string AccountRestored = "account.restored";
    public const string SuspensionLifted = "account.suspension_lifted";
    public const string PaymentMethodSet = "payment_method.set";
    public const string PaymentMethodRestored = "payment_method.restored";
    public const string PaymentStarted = "payment.started";
    public const string PaymentPaid = "payment.paid";
    public const string PaymentDeclined = "payment.declined";
    public const string PaymentToConfirm = "payment.to_confirm";
    public const string PaymentQuarantined = "payment.quarantined";
    public const string PaymentRefunded = "payment.refunded";
    public const string InvoiceIssued = "invoice.issued";
    public const string InvoicePaid = "invoice.paid";
    public const string InvoiceUnpaid = "invoice.unpaid";
    public const string SpendCapSet = "spend_cap.set";
    public const string SpendCapReached = "spend_cap.reached";
    public const string CreditsUsedUp = "credits.used_up";
    public const string PromoRedeemed = "promo.redeemed";
    public const string CreditsGranted = "credits.granted";
    public const string CreditsTaken = "credits.taken";
    public const string CreditsExpired = "credits.expired";
    public const string AppCreated = "app.created";
    public const string AppScaled = "app.scaled";
    public const string AppRestarted = "app.restarted";
    public const string AppMaintained = "app.maintenance_on";
    public const string AppInService = "app.maintenance_off";
    public const string AppStackChanged = "app.stack_changed";
    public const string AppDestroyed = "app.destroyed";
    public const string DatabaseCreated = "database.created";
    public const string DatabaseScaled = "database.scaled";
    public const string DatabaseRestarted = "database.restarted";
    public const string DatabaseStopped = "database.stopped";
    public const string DatabaseStarted = "database.started";
    public const string DatabaseLimited = "database.limited";
    public const string DatabaseUnlimited = "database.unlimited";
    public const string DatabaseDestroyed = "database.destroyed";
    public const string DomainAdded = "domain.added";
    public const string DomainRemoved = "domain.removed";
    public const string AccessGranted = "access.granted";
    public const string AccessRevoked = "access.revoked";
    public const string ConfigChanged = "config.changed";
    public const string AccountClosed = "account.closed";
    public const string AccountReopened = "account.reopened";
    public const string AccountErased = "account.erased";
    public const string AccountExported = "account.exported";
    public const string AccessEnded = "access.ended";
    public const string KeysReset = "keys.reset";
    public const string KeyCreated = "key.created";
    public const string KeyRevoked = "key.revoked";
}
