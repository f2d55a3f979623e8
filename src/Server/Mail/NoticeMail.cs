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
    NewDevice,
    EmailChanged,
    EmailChangeRevoked,
    AccountReopened,
    AccountUpgraded,
    AccountDowngraded,
    AccountSuspended,
    AccountRestored,
}

/// <summary>A security notice (contract 4): what, when, where from, and what to do if it was not you.</summary>
public sealed record NoticeMail(Notice Notice, string From, DateTime At) : MailMessage
{
    public override string Subject(Letterhead letterhead) => $"{Title} - {letterhead.Brand}";

    public override string Text(Letterhead letterhead) => $"""
        {Sentence}

        When: {Say(At)}
        From: {(From == "" ? "our own staff or systems" : From)}

        If it was you, there is nothing to do.

        {Advice}

        {letterhead.PublicUrl}/password/reset
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
        Notice.NewDevice => "New login to your account",
        Notice.EmailChanged => "Your address was changed",
        Notice.EmailChangeRevoked => "Your address was restored",
        Notice.AccountReopened => "Your account is open again",
        Notice.AccountUpgraded => "Your account was upgraded",
        Notice.AccountDowngraded => "Your account is in the free tier again",
        Notice.AccountSuspended => "Your account was suspended",
        Notice.AccountRestored => "Your account is active again",
    };

    private string Sentence => Notice switch
    {
        Notice.PasswordChanged => "The password of your account was changed. Other browsers were logged out.",
        Notice.PasswordReset => "The password of your account was reset with a link from this mailbox.",
        Notice.KeysReset => "All API keys of your account were revoked, and a new one was made.",
        Notice.KeyCreated => "A new API key was made for your account.",
        Notice.FactorActivated => "From now on, logging in asks for a code of your app. All keys were revoked.",
        Notice.FactorDeactivated => "From now on, logging in asks for your password alone.",
        Notice.FactorGuessed => "Five wrong codes were entered in a row, after the right password.",
        Notice.FactorClosed => "Too many wrong codes were entered. Only a recovery code opens your account again.",
        Notice.RecoveryCodesRegenerated => "Your account has ten new recovery codes. The ones before are void.",
        Notice.NewDevice => "Somebody logged in to your account from a network we had not seen you on.",
        Notice.EmailChanged => "Your account has another address now. Use the link we sent you before to undo that.",
        Notice.EmailChangeRevoked => "The change of your address was undone, with all that was made since.",
        Notice.AccountReopened => "The closing of your account was undone. Its API keys stay revoked.",
        Notice.AccountUpgraded => "Your account is in the paid tier now: what it uses from here on is charged.",
        Notice.AccountDowngraded => "Your account is in the free tier now. What it used before stays to be paid.",
        Notice.AccountSuspended => "Your account can look, pay and leave, and use nothing more. Your data is kept.",
        Notice.AccountRestored => "The suspension of your account has ended.",
    };

    private string Advice => Notice switch
    {
        Notice.EmailChangeRevoked => "Your old password works no more. Set a new one here:",
        Notice.AccountDowngraded or Notice.AccountSuspended or Notice.AccountRestored =>
            "If you did not expect this, please write to us. Should somebody else use your account, set a new password:",
        Notice.FactorGuessed or Notice.FactorClosed =>
            "If it was not you, somebody knows your password. Set a new one now:",
        _ => "If it was not you, set a new password now, which also ends every login:",
    };
}
