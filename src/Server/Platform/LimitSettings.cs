using System.ComponentModel;

namespace Gatehouse.Platform;

/// <summary>
/// How often is too often. Every figure is a setting; 0 switches one off. Counters live in the database and count for
/// all nodes together, under a keyed hash of whom they count.
/// </summary>
public sealed record LimitSettings
{
    [Description("Wrong passwords for one account from one network (IPv4 /24, IPv6 /64) in 15 minutes; then a pause "
        + "of 30 s, doubled with every further one up to an hour.")]
    public int PasswordPerNetwork { get; init; } = 5;

    [Description("Wrong passwords for one account in 15 minutes from networks it never logged in from; each network "
        + "it did log in from has as many of its own.")]
    public int PasswordPerAccount { get; init; } = 10;

    [Description("Wrong passwords for one account in a row, from anywhere; then only a password reset opens it again.")]
    public int PasswordInARow { get; init; } = 100;

    [Description("Wrong passwords from one address, whatever the account, in 5 minutes.")]
    public int FailuresPerAddressIn5Minutes { get; init; } = 20;

    [Description("Wrong passwords from one address, whatever the account, in an hour.")]
    public int FailuresPerAddressInAnHour { get; init; } = 100;

    [Description("Wrong passwords from one network, whatever the account, in an hour.")]
    public int FailuresPerNetworkInAnHour { get; init; } = 200;

    [Description("Wrong passwords from everywhere in an hour, not counting networks that the account logged in from; "
        + "reaching it is logged as an alert.")]
    public int FailuresInAnHour { get; init; } = 2000;

    [Description("Wrong second-factor codes for one account in 15 minutes.")]
    public int FactorTries { get; init; } = 5;

    [Description("Wrong second-factor codes for one account in all; then only a recovery code opens the way again.")]
    public int FactorInARow { get; init; } = 20;

    [Description("Wrong recovery codes for one account in an hour.")]
    public int RecoveryCodeTries { get; init; } = 5;

    [Description("Sign-ups from one address in an hour.")]
    public int SignUpsPerAddress { get; init; } = 10;

    [Description("Sign-ups for one e-mail address in an hour.")]
    public int SignUpsPerEmail { get; init; } = 3;

    [Description("Visits to Google that one address may begin in an hour, in terminals and browsers.")]
    public int GoogleStartsPerAddress { get; init; } = 120;

    [Description("Tries of one confirmation code.")]
    public int CodeTries { get; init; } = 5;

    [Description("Passwords chosen for one sign-up in an hour; those that are refused as too weak are not counted.")]
    public int PasswordChoices { get; init; } = 10;

    [Description("Messages of one kind to one e-mail address in an hour; the answer stays the same.")]
    public int MailsPerEmailInAnHour { get; init; } = 3;

    [Description("Messages of one kind to one e-mail address in a day; the answer stays the same.")]
    public int MailsPerEmailInADay { get; init; } = 10;

    [Description("Requests for a message from one address in an hour; the answer stays the same.")]
    public int MailRequestsPerAddress { get; init; } = 20;

    [Description("Cards tried for one account or sign-up in an hour; one that is taken is not counted.")]
    public int CardTries { get; init; } = 50;

    [Description("Charges refused to one account in an hour; one that is paid is not counted.")]
    public int RefusedCharges { get; init; } = 20;

    [Description("Cards sent to the sandbox's `POST /v1/tokens` from one address in an hour.")]
    public int SandboxCardsPerAddress { get; init; } = 200;

    [Description("Promo codes tried for one account or sign-up in an hour; one that is good is not counted.")]
    public int PromoTries { get; init; } = 50;

    [Description("Promo codes tried from one address in an hour; one that is good is not counted.")]
    public int PromoTriesPerAddress { get; init; } = 200;

    [Description("Changes of what one account is billed for (scaling, making databases) in 24 hours; what ends or "
        + "shrinks is counted and never held up.")]
    public int UsageChangesPerDay { get; init; } = 1000;

    [Description("API keys that are well formed but unknown, from one address in a minute.")]
    public int ApiKeyFailuresPerAddress { get; init; } = 30;

    [Description("Requests to `/v2` from one address in an hour, for each node; shown in `X-RateLimit-Limit`.")]
    public int V2RequestsPerAddress { get; init; } = 5000;

    [Description("Requests that `/api` answers at once, and `/v2` as many, for each node; the next one is told to come "
        + "back (503).")]
    public int RequestsAtOnce { get; init; } = 1000;
}
