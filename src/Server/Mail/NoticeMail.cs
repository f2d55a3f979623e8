using Gatehouse.Domain;

namespace Gatehouse.Mail;

/// <summary>What the owner of an account is told after it happened.</summary>
public enum Notice
{
    PasswordChanged,
    PasswordReset,
    KeysReset,
    KeyCreated,
    FactorActivated,
    FactorDeactivated,
    FactorGuessed,
    FactorClosed,
    RecoveryCodesRegenerated,
    RecoveryCodeUsed,
    PasswordClosed,
    NewDevice,
    SessionCopied,
    EmailChanged,
    EmailChangeRevoked,
    AccountReopened,
    AccountUpgraded,
    AccountDowngraded,
    AccountSuspended,
    AccountRestored,
    AccountRecovered,
    PaymentMethodSet,
    PaymentFailed,
    ExternalLinked,
    ExternalUnlinked,
    ExternalSignUp,
}

/// <summary>A security notice (contract 4): what, when, where from, and what to do if it was not you.</summary>
/// <param name="Notice">What.</param>
/// <param name="From">Where from; empty for the server itself.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Left">How many recovery codes are left, where one was used.</param>
public sealed record NoticeMail(Notice Notice, string From, DateTime At, int? Left = null) : MailMessage
{
    public override string Subject(Letterhead letterhead) => $"{Title} - {letterhead.Brand}";

    public override string Text(Letterhead letterhead) => $"""
        {Sentence}

        When: {Say(At)}
        From: {(From == "" ? "our own staff or systems" : From)}

        {IfItWasYou}

        {IfNot(letterhead)}
        """;

    private string Title => Notice switch
    {
        Notice.PasswordChanged => "Your password was changed",
        Notice.PasswordReset => "Your password was reset",
        Notice.KeysReset => "Your API keys were reset",
        Notice.KeyCreated => "An API key was created",
        Notice.FactorActivated => "Multi-factor authentication was turned on",
        Notice.FactorDeactivated => "Multi-factor authentication was turned off",
        Notice.FactorGuessed => "Somebody is guessing your codes",
        Notice.FactorClosed => "Your authenticator app was locked",
        Notice.RecoveryCodesRegenerated => "Your recovery codes were replaced",
        Notice.RecoveryCodeUsed => "A recovery code was used",
        Notice.PasswordClosed => "Your password was locked",
        Notice.NewDevice => "New login to your account",
        Notice.SessionCopied => "A login of yours was ended",
        Notice.EmailChanged => "Your address was changed",
        Notice.EmailChangeRevoked => "Your address was restored",
        Notice.AccountReopened => "Your account is open again",
        Notice.AccountUpgraded => "Your account was upgraded",
        Notice.AccountDowngraded => "Your account is in the free tier again",
        Notice.AccountSuspended => "Your account was suspended",
        Notice.AccountRestored => "Your account is active again",
        Notice.AccountRecovered => "Your account waits for a new password",
        Notice.PaymentMethodSet => "Your payment method was set",
        Notice.PaymentFailed => "A payment failed",
        Notice.ExternalLinked => "Your account was linked to Google",
        Notice.ExternalUnlinked => "Your account was unlinked from Google",
        Notice.ExternalSignUp => "An account was made with Google",
    };

    private string Sentence => Notice switch
    {
        Notice.PasswordChanged => "The password of your account was changed. Other browsers were logged out.",
        Notice.PasswordReset =>
            "The password of your account was reset with a link from this mailbox. No Google account opens it now.",
        Notice.KeysReset => "All API keys of your account were revoked, and a new one was made.",
        Notice.KeyCreated => "A new API key was made for your account.",
        Notice.FactorActivated => "From now on, logging in asks for a code of your app. All keys were revoked.",
        Notice.FactorDeactivated => "From now on, logging in asks for your password alone.",
        Notice.FactorGuessed => "Five wrong codes of your app were entered in a row, each after the right password.",
        Notice.FactorClosed => "Too many wrong codes were entered. Only a recovery code opens your account again.",
        Notice.RecoveryCodesRegenerated => "Your account has ten new recovery codes. The ones before are void.",
        Notice.RecoveryCodeUsed => $"One of your recovery codes stood in for your app. Codes left: {Left}.",
        Notice.PasswordClosed =>
            "Too many wrong passwords were entered in a row. Your password opens nothing until it is reset.",
        Notice.NewDevice => "Somebody logged in to your account from a network or a device we had not seen you on.",
        Notice.SessionCopied =>
            "A browser that stays logged in was copied: two showed the same login. It was ended for both.",
        Notice.EmailChanged => "Your account has another address now, and mail about it goes there.",
        Notice.EmailChangeRevoked =>
            "Your account has this address again. Keys, logins and second factors made since the change are gone.",
        Notice.AccountReopened => "Your account was brought back after it had been closed. Its API keys stay revoked.",
        Notice.AccountUpgraded => "Your account is in the paid tier now: what it uses from here on is charged.",
        Notice.AccountDowngraded => "Your account is in the free tier now. What it used before is still to be paid.",
        Notice.AccountSuspended =>
            "You can still look, pay and leave, but use nothing more. Nothing costs anything; your data is kept.",
        Notice.AccountRestored => "The suspension of your account has ended. What you have runs and costs again.",
        Notice.AccountRecovered =>
            "Your second factor and any link to Google were removed. All logins, keys and the password ended.",
        Notice.PaymentMethodSet => "Your account has another card now. Nothing was charged.",
        Notice.PaymentFailed => "Your card was refused, so nothing was charged and no credits were added.",
        Notice.ExternalLinked => "From now on, a Google account opens your account as well as your password does.",
        Notice.ExternalUnlinked => "From now on, no Google account opens your account. Your password does.",
        Notice.ExternalSignUp => "An account with this address was made here, and your Google account opens it.",
    };

    private string IfItWasYou => Notice switch
    {
        Notice.FactorClosed => "If it was you, log in with one of your recovery codes.",
        Notice.SessionCopied => "If it was you, with a copy of a browser's files, log in again where you need it.",
        Notice.RecoveryCodeUsed when Left <= RecoveryCode.Few =>
            "If it was you, get new codes now: `account:mfa:recovery_codes:regenerate`, or the page of your account.",
        Notice.PasswordClosed => "The lock keeps everybody out who guesses; it stays until there is a new password.",
        Notice.EmailChangeRevoked => "To keep others out, your old password no longer works.",
        Notice.PaymentFailed => "If it was you, your bank knows why; another card may do.",
        Notice.AccountDowngraded or Notice.AccountSuspended or Notice.AccountRecovered =>
            "The people who run this service did it; your account's activity says why.",
        Notice.AccountRestored =>
            "What it was for is settled, or the people who run this service ended it: see your account's activity.",
        _ => "If it was you, there is nothing to do.",
    };

    /// <summary>The old mailbox cannot set a password any more: what helps there is the link it got before.</summary>
    private string IfNot(Letterhead letterhead) => Notice == Notice.EmailChanged
        ? $"""
            If it was not you, open the link in our mail "Your {letterhead.Brand} address is about to change".
            For seven days after the change it brings your address back and asks for a new password.
            """
        : $"{Advice(letterhead)}\n\n{letterhead.PublicUrl}/password/reset";

    private string Advice(Letterhead letterhead) => Notice switch
    {
        Notice.EmailChangeRevoked => "Set a new one here, whoever it was:",
        Notice.AccountRecovered => "Set a new password here, and turn the second factor on again after that:",
        Notice.PasswordReset =>
            "If it was not you, somebody can read this mailbox. Secure it first, then set a new password here:",
        Notice.FactorActivated =>
            $"If it was not you, set a new password now, and write to {letterhead.Us} to have that app removed:",
        Notice.AccountDowngraded or Notice.AccountSuspended or Notice.AccountRestored =>
            $"If you did not expect this, write to {letterhead.Us}. If you fear for your account, set a new password:",
        Notice.ExternalLinked or Notice.ExternalSignUp =>
            "If it was not you, set a new password now, which also unlinks Google and ends every login:",
        Notice.PasswordClosed => "Set a new password here:",
        Notice.FactorGuessed or Notice.FactorClosed or Notice.RecoveryCodeUsed =>
            "If it was not you, somebody knows your password. Set a new one now:",
        Notice.KeyCreated or Notice.KeysReset =>
            "If it was not you, set a new password now, which also ends every login and every key:",
        _ => "If it was not you, set a new password now, which also ends every login:",
    };
}
