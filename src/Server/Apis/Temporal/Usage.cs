using Gatehouse.Domain;
using Gatehouse.Features.Accounts;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Temporal;

/// <summary>Tier and what it allows (README, "Usage"): the one place where this dialect shows the tier.</summary>
internal static class Usage
{
    /// <summary><c>GET /v2/account/usage</c>.</summary>
    public static Task<IResult> Show(HttpContext http, ShowAccount show, CancellationToken stop) =>
        show.Run(http.Caller(), stop).Answer(account => Json.Success(Reply(account)));

    private static UsageReply Reply(AccountStatus account)
    {
        var tier = account switch
        {
            { IsConfirmed: false } => Unverified,
            { Tier: Tier.Free } => Free,
            _ => Paid,
        };
        return tier with
        {
            ID = Accounts.NumberOf(account.Id),
            CreatedAt = account.CreatedAt,
            UpdatedAt = account.CreatedAt,
            UserName = account.UserName,
        };
    }

    private static readonly UsageReply Unverified = new() { Tier = "unverified" };

    private static readonly UsageReply Free = new()
    {
        Tier = "free",
        MonthlyDataLimitBytes = 3L << 30,
        KeysAllowed = 5,
        PubSubMessagesAllowed = 100,
        IPNSRecordsAllowed = 5,
    };

    private static readonly UsageReply Paid = new()
    {
        Tier = "paid",
        MonthlyDataLimitBytes = 1000L << 40,
        KeysAllowed = 150,
        PubSubMessagesAllowed = 15_000,
        IPNSRecordsAllowed = 150,
    };
}

/// <summary>
/// The original's row, key by key. What it counts belongs to a storage service; there is none behind this server, so
/// nothing is used of anything.
/// </summary>
internal sealed record UsageReply
{
    public long ID { get; init; }

    public DateTime CreatedAt { get; init; }

    public DateTime UpdatedAt { get; init; }

    public DateTime? DeletedAt { get; init; }

    public string UserName { get; init; } = "";

    public long MonthlyDataLimitBytes { get; init; }

    public long CurrentDataUsedBytes { get; init; }

    public int IPNSRecordsPublished { get; init; }

    public int IPNSRecordsAllowed { get; init; }

    public int PubSubMessagesSent { get; init; }

    public int PubSubMessagesAllowed { get; init; }

    public int KeysCreated { get; init; }

    public int KeysAllowed { get; init; }

    public required string Tier { get; init; }

    public bool ClaimedENSName { get; init; }
}
