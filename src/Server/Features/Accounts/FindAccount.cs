using System.Text.Json.Serialization;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.Features.Accounts;

/// <summary>Finds an account by address, user name or id, for the operator.</summary>
public sealed class FindAccount(Db db, TimeProvider clock)
{
    /// <summary>Refuses with <see cref="Reason.NotFound"/>, to everybody but the operator as well.</summary>
    public async Task<Outcome<FoundAccount>> Run(Caller caller, string who, CancellationToken stop)
    {
        if (caller != Caller.Operator) return Reason.NotFound;
        var account = await db.FindByAnyName(who, stop);
        if (account is null) return Reason.NotFound;
        var credits = await db.CreditsOf(account.Id, clock.UtcNow(), stop);
        return FoundAccount.Of(account) with { Credits = credits.Dollars };
    }
}

/// <summary>An account as the operator sees it.</summary>
public sealed record FoundAccount(
    Guid Id, string Email, string UserName, string Tier, string Status, DateTime CreatedAt)
{
    /// <summary>Apps it has.</summary>
    public int Apps { get; init; }

    /// <summary>Databases it has.</summary>
    public int Databases { get; init; }

    /// <summary>Credits in dollars; missing in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Credits { get; init; }

    internal static FoundAccount Of(Account account) => new(
        account.Id,
        account.EmailSpelling,
        account.UserName,
        LimitText.NameOf(account.Tier),
        StatusOf(account),
        account.CreatedAt)
    {
        Apps = account.AppCount,
        Databases = account.DatabaseCount,
    };

    private static string StatusOf(Account account) => account switch
    {
        { ErasedAt: not null } => "erased",
        { ClosedAt: not null } => "closed",
        { EmailConfirmedAt: null } => "unconfirmed",
        { SuspendedAt: not null } => "suspended",
        _ => "active",
    };
}
