using Gatehouse.Domain;

namespace Gatehouse.WebConsole.Audit;

/// <summary>What happened, in words.</summary>
internal static class EventText
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        [AuditEvent.AccountCreated] = "Account made",
        [AuditEvent.EmailConfirmed] = "Address confirmed",
        [AuditEvent.LoginSucceeded] = "Logged in",
        [AuditEvent.LoginFailed] = "Wrong password",
        [AuditEvent.PasswordRehashed] = "Password stored more safely",
        [AuditEvent.FactorRefused] = "Wrong code of the second factor",
        [AuditEvent.FactorActivated] = "Second factor turned on",
        [AuditEvent.FactorDeactivated] = "Second factor turned off",
        [AuditEvent.RecoveryCodeUsed] = "Recovery code used",
        [AuditEvent.RecoveryCodesRegenerated] = "New recovery codes",
        [AuditEvent.PasswordChanged] = "Password changed",
        [AuditEvent.PasswordResetRequested] = "Password reset asked for",
        [AuditEvent.PasswordReset] = "Password reset",
        [AuditEvent.EmailChangeRequested] = "Change of address asked for",
        [AuditEvent.EmailChanged] = "Address changed",
        [AuditEvent.EmailChangeRevoked] = "Change of address undone",
        [AuditEvent.SessionEnded] = "Login ended",
        [AuditEvent.SessionCopied] = "Login ended, since it was shown by two browsers",
        [AuditEvent.ExternalLoginLinked] = "Linked to Google",
        [AuditEvent.ExternalLoginUnlinked] = "Unlinked from Google",
        [AuditEvent.SshKeyAdded] = "SSH key added",
        [AuditEvent.SshKeyRemoved] = "SSH key removed",
        [AuditEvent.AccountUpgraded] = "Upgraded",
        [AuditEvent.AccountDowngraded] = "Downgraded",
        [AuditEvent.AccessEnded] = "Every key and login ended by the operator",
        [AuditEvent.AccountRecovered] = "Second factor, password and access ended by the operator",
        [AuditEvent.AccountSuspended] = "Account suspended",
        [AuditEvent.AccountRestored] = "Account no longer suspended",
        [AuditEvent.SuspensionLifted] = "Account suspended only for its unpaid invoice",
        [AuditEvent.PaymentMethodSet] = "Payment method set",
        [AuditEvent.PaymentMethodRestored] = "Former payment method restored",
        [AuditEvent.PaymentStarted] = "Payment begun",
        [AuditEvent.PaymentPaid] = "Payment received",
        [AuditEvent.PaymentDeclined] = "Payment declined",
        [AuditEvent.PaymentToConfirm] = "Payment waits for the bank's customer",
        [AuditEvent.PaymentQuarantined] = "Payment set aside: it is not what was asked for",
        [AuditEvent.PaymentRefunded] = "Payment given back",
        [AuditEvent.InvoiceIssued] = "Invoice issued",
        [AuditEvent.InvoicePaid] = "Invoice paid",
        [AuditEvent.InvoiceUnpaid] = "Invoice could not be collected",
        [AuditEvent.SpendCapSet] = "Spend cap set",
        [AuditEvent.SpendCapReached] = "Spend cap reached",
        [AuditEvent.CreditsUsedUp] = "Credits used up",
        [AuditEvent.PromoRedeemed] = "Promo code redeemed",
        [AuditEvent.CreditsGranted] = "Credits granted",
        [AuditEvent.CreditsTaken] = "Credits taken",
        [AuditEvent.CreditsExpired] = "Credits expired",
        [AuditEvent.AppCreated] = "App created",
        [AuditEvent.AppScaled] = "App scaled",
        [AuditEvent.AppRestarted] = "App restarted",
        [AuditEvent.AppMaintained] = "Maintenance mode of an app turned on",
        [AuditEvent.AppInService] = "Maintenance mode of an app turned off",
        [AuditEvent.AppStackChanged] = "Stack of an app changed",
        [AuditEvent.AppDestroyed] = "App destroyed",
        [AuditEvent.DatabaseCreated] = "Database created",
        [AuditEvent.DatabaseScaled] = "Database scaled",
        [AuditEvent.DatabaseRestarted] = "Database restarted",
        [AuditEvent.DatabaseStopped] = "Database stopped",
        [AuditEvent.DatabaseStarted] = "Database started",
        [AuditEvent.DatabaseLimited] = "Database made read-only: too many rows",
        [AuditEvent.DatabaseUnlimited] = "Database writable again",
        [AuditEvent.DatabaseDestroyed] = "Database destroyed",
        [AuditEvent.DomainAdded] = "Domain added",
        [AuditEvent.DomainRemoved] = "Domain removed",
        [AuditEvent.AccessGranted] = "Access granted",
        [AuditEvent.AccessRevoked] = "Access revoked",
        [AuditEvent.ConfigChanged] = "Configuration changed",
        [AuditEvent.AccountClosed] = "Account closed",
        [AuditEvent.AccountReopened] = "Account opened again",
        [AuditEvent.AccountErased] = "Account erased",
        [AuditEvent.AccountExported] = "Data downloaded",
        [AuditEvent.KeysReset] = "API keys reset",
        [AuditEvent.KeyCreated] = "API key made",
        [AuditEvent.KeyRevoked] = "API key revoked",
    };

    /// <summary>The words for an entry: a login says whether a linked identity was it.</summary>
    public static string Of(AuditEntry entry) => entry is { Event: AuditEvent.LoginSucceeded, Subject: not "" }
        ? "Logged in with Google"
        : Of(entry.Event);

    /// <summary>The words for an event.</summary>
    public static string Of(string name) => Words.GetValueOrDefault(name, name);
}
