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

    public TokenSettings Tokens { get; init; } = new();

    public CorsSettings Cors { get; init; } = new();

    public PaymentSettings Payments { get; init; } = new();

    public GoogleSettings Google { get; init; } = new();

    public TiersSettings Tiers { get; init; } = new();

    public PriceSettings Prices { get; init; } = new();

    public AppSettings Apps { get; init; } = new();

    public DatabaseSettings Databases { get; init; } = new();

    public WebhookSettings Webhooks { get; init; } = new();

    public MetricsSettings Metrics { get; init; } = new();

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

public sealed record TokenSettings
{
    [Description("How long a key signs tokens before the next one takes over.")]
    public TimeSpan RotateEvery { get; init; } = TimeSpan.FromDays(30);

    [Description("How long a key is published before it signs, so that whoever keeps a copy of "
        + "`/.well-known/jwks.json` has it by then.")]
    public TimeSpan PublishAhead { get; init; } = TimeSpan.FromHours(24);
}

public sealed record CorsSettings
{
    [Description("Origins (`https://app.example.org`) whose pages may call `/v2`. Empty: all, without credentials.")]
    public IReadOnlyList<string> AllowedOrigins { get; init; } = [];
}

public sealed record GoogleSettings
{
    [Description("Client id of this server at Google, or at any other OpenID Connect provider. Empty: no login with "
        + "Google anywhere.")]
    public string ClientId { get; init; } = "";

    [Description("The secret that goes with it.")]
    public Secret? ClientSecret { get; init; }

    [Description("The provider's issuer, letter by letter as its discovery document says it. Plain http only on this "
        + "machine.")]
    public string Authority { get; init; } = "https://accounts.google.com";

    /// <summary>Says whether there is a login with Google at all.</summary>
    internal bool IsOffered => ClientId != "";
}

public sealed record TiersSettings
{
    public TierSettings Free { get; init; } = new()
    {
        Apps = 1,
        Replicas = 1,
        LargestSize = 0.2m,
        Databases = 1,
        DatabaseRows = 10_000,
        Collaborators = 0,
        Domains = 1,
    };

    public TierSettings Standard { get; init; } = new()
    {
        Apps = 100,
        Replicas = 16,
        LargestSize = 128m,
        Databases = 100,
        DatabaseRows = 0,
        Collaborators = 25,
        Domains = 100,
    };
}

public sealed record TierSettings
{
    [Description("Apps of an account.")]
    public int Apps { get; init; }

    [Description("Replicas of one app.")]
    public int Replicas { get; init; }

    [Description("The smallest replica, in GB.")]
    public decimal SmallestSize { get; init; } = 0.2m;

    [Description("The largest replica, in GB; sizes between go in steps of 0.1.")]
    public decimal LargestSize { get; init; }

    [Description("Databases of an account.")]
    public int Databases { get; init; }

    [Description("Rows of one database; then it becomes read-only. 0: no limit.")]
    public int DatabaseRows { get; init; }

    [Description("Collaborators of one app.")]
    public int Collaborators { get; init; }

    [Description("Custom domains of one app.")]
    public int Domains { get; init; }
}

public sealed record PriceSettings
{
    [Description("USD for one MB of a replica in a full month; 1.0 GB are 1000 MB.")]
    public decimal ReplicaMegabyte { get; init; } = 0.05m;

    [Description("Sizes of databases in GB, each with its USD for a full month.")]
    public string Databases { get; init; } =
        "0.6=25 1.7=50 4=100 8=200 16=400 32=800 48=1200 64=1600 96=2400";
}

public sealed record AppSettings
{
    [Description("Where apps can run, as `cloud:region`; the first is where they do unless asked.")]
    public string Regions { get; init; } =
        "gcp:v2018-us-central1 gcp:europe-west1 aws:us-east-1 aws:us-west-2";

    [Description("System images of apps; the first is the one they get unless asked.")]
    public string Stacks { get; init; } = "gigalixir-24 gigalixir-22 gigalixir-20";

    [Description("Zone in which the platform answers for custom domains: their CNAME is `domain.zone`.")]
    public string DnsZone { get; init; } = "dns.localhost";
}

public sealed record CliSettings
{
    [Description("Newest version of the command line, sent as `x-latest-version`. Empty: not sent.")]
    public string LatestVersion { get; init; } = "";

    [Description("Oldest version of our command line that is served; older ones are told how to upgrade. Empty: all.")]
    public string MinimumVersion { get; init; } = "";

    [Description("Folder of the programs that `/docs/cli` offers, named like `gatehouse-linux-x64` and "
        + "`gatehouse-osx-arm64`. Empty: the folder `cli` beside that of the server, where the launcher builds it.")]
    public string Directory { get; init; } = "";
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
