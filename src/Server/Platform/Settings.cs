using System.ComponentModel;
using Gatehouse.Domain;

namespace Gatehouse.Platform;

/// <summary>
/// Everything an operator can set, under the section <c>Gatehouse</c>. Bound once at start, validated as a whole
/// (<see cref="SettingsMistakes"/>), and listed in docs/configuration.md, which a test holds to this file.
/// </summary>
public sealed record Settings
{
    [Description("Folder of the SQLite file, local mail and the master key.")]
    public string DataDirectory { get; init; } = "data";

    [Description("`sqlite`, `sqlite:PATH`, or PostgreSQL: `Host=…;Database=…` or `postgresql://…`.")]
    public Secret Database { get; init; } = new("sqlite");

    [Description("32 bytes in base64: encrypts and hashes everything at rest. Nodes of one database share it. "
        + "Empty: `master.key` in `DataDirectory`, made at the first start.")]
    public Secret? MasterKey { get; init; }

    [Description("Base of every link in a mail. Empty: the first listening address (Development only).")]
    public string PublicUrl { get; init; } = "";

    [Description("Addresses and networks (`10.0.0.0/8`) whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed; "
        + "a list, or one text with commas.")]
    public IReadOnlyList<string> Proxies { get; init; } = [];

    [Description("Address of the terms of service. Empty: `PublicUrl/terms`.")]
    public string TermsUrl { get; init; } = "";

    [Description("Address of the privacy notice. Empty: `PublicUrl/privacy`.")]
    public string PrivacyUrl { get; init; } = "";

    public MailSettings Mail { get; init; } = new();

    public AccountSettings Accounts { get; init; } = new();

    public LimitSettings Limits { get; init; } = new();

    public PaymentSettings Payments { get; init; } = new();

    public CliSettings Cli { get; init; } = new();

    public BrandSettings Brand { get; init; } = new();
}

public sealed record MailSettings
{
    [Description("`smtp://user:password@host:587` (STARTTLS), `smtps://…:465`, or `local`: files in "
        + "`DataDirectory/mail`, shown at `/dev/mail` to this machine. Empty: `local`, in Development only.")]
    public Secret Smtp { get; init; } = new("");

    [Description("The sender.")]
    public string From { get; init; } = "Gatehouse <no-reply@localhost>";

    /// <summary>Says whether mail stays on this machine.</summary>
    internal bool IsLocal => Smtp.Reveal() is "" or "local";
}

public sealed record AccountSettings
{
    [Description("Fewest characters of a password. 15 is recommended where no second factor is required.")]
    public int PasswordMinimum { get; init; } = 8;

    [Description("Days in which a closed account can be brought back; then everything personal is erased.")]
    public int ClosingGraceDays { get; init; } = 14;

    [Description("Minutes after a full login in which sensitive changes need no password.")]
    public int StepUpMinutes { get; init; } = 10;

    public HashingSettings Hashing { get; init; } = new();
}

public sealed record HashingSettings
{
    [Description("Argon2id: memory of one hash in KiB. With `Passes` one of OWASP's equal settings or more: "
        + "47104/1, 19456/2, 12288/3, 9216/4, 7168/5.")]
    public int MemoryKiB { get; init; } = 19_456;

    [Description("Argon2id: passes over the memory.")]
    public int Passes { get; init; } = 2;

    [Description("How many log-ins may wait for a core; the next one is told to come back (503).")]
    public int Queue { get; init; } = 50;

    [Description("How long a log-in may wait for a core.")]
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);
}

public sealed record PaymentSettings
{
    [Description("`sandbox` (in the box, takes Stripe's documented test tokens, no network) or `stripe`. "
        + "Empty: `sandbox`, in Development only.")]
    public string Provider { get; init; } = "";
}

public sealed record CliSettings
{
    [Description("Newest version of the command line, sent as `x-latest-version`. Empty: not sent.")]
    public string LatestVersion { get; init; } = "";

    [Description("Oldest version of our command line that is served; older ones are told how to upgrade. Empty: all.")]
    public string MinimumVersion { get; init; } = "";
}

public sealed record BrandSettings
{
    [Description("Name of the platform, in pages, mails and help.")]
    public string Name { get; init; } = "Gatehouse";

    [Description("Main colour of pages and mails, as `#rrggbb`.")]
    public string Color { get; init; } = "#2f5d50";

    [Description("Where people get help; shown in pages and mails. Empty: not shown.")]
    public string SupportAddress { get; init; } = "";
}
