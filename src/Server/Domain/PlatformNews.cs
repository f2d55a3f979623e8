namespace Gatehouse.Domain;

/// <summary>
/// What a message tells: <c>data</c> of its body. What does not belong to its type is null and left out.
/// </summary>
/// <param name="AccountId">Whose account it is about.</param>
/// <param name="Sequence">Rises within the account.</param>
public sealed record PlatformNews(Guid AccountId, long Sequence)
{
    public AccountNews? Account { get; init; }

    /// <summary>The app as it is after the change; as it was, when it is destroyed.</summary>
    public AppNews? App { get; init; }

    public DatabaseNews? Database { get; init; }

    public DomainNews? Domain { get; init; }

    public ConfigNews? Config { get; init; }

    /// <summary>All apps of the account, where a change of the tier changed them.</summary>
    public IReadOnlyList<AppNews>? Apps { get; init; }

    /// <summary>All databases of the account, where a change of the tier changed them.</summary>
    public IReadOnlyList<DatabaseNews>? Databases { get; init; }
}

/// <summary>The account as it is after the change.</summary>
/// <param name="Tier">FREE or STANDARD.</param>
/// <param name="Status"><c>active</c>, <c>suspended</c> or <c>closed</c>.</param>
public sealed record AccountNews(string Tier, string Status)
{
    /// <summary>What is told of an account.</summary>
    public static AccountNews Of(Account account) => new(
        account.Tier.ToString().ToUpperInvariant(),
        account.ClosedAt is not null ? "closed" : account.SuspendedAt is not null ? "suspended" : "active");
}

/// <summary>An app, as it shall be.</summary>
public sealed record AppNews(
    Guid Id, string Name, string Cloud, string Region, string Stack, int Replicas, decimal Size, int Version)
{
    /// <summary>What is told of an app.</summary>
    public static AppNews Of(App app) => new(
        app.Id, app.Name, app.Cloud, app.Region, app.Stack, app.Replicas, app.Size.Gigabytes, app.Version);
}

/// <summary>A database, as it shall be; of one that is destroyed the id alone.</summary>
public sealed record DatabaseNews(Guid Id)
{
    public Guid? AppId { get; init; }

    /// <summary>FREE or STANDARD.</summary>
    public string? Tier { get; init; }

    /// <summary>In gigabytes; null for a free one.</summary>
    public decimal? Size { get; init; }

    public string? Version { get; init; }

    public string? Cloud { get; init; }

    public string? Region { get; init; }

    /// <summary>What is told of a database that is not destroyed.</summary>
    public static DatabaseNews Of(AppDatabase database) => new(database.Id)
    {
        AppId = database.AppId,
        Tier = database.Tier.ToString().ToUpperInvariant(),
        Size = database.SizeMilli == 0 ? null : new Size(database.SizeMilli).Gigabytes,
        Version = database.Version,
        Cloud = database.Cloud,
        Region = database.Region,
    };
}

/// <summary>A host name under which an app is reached.</summary>
public sealed record DomainNews(Guid Id, string Fqdn);

/// <summary>Variables that were set or unset: their names, because their values are secrets.</summary>
public sealed record ConfigNews(IReadOnlyList<string> Set, IReadOnlyList<string> Unset);
