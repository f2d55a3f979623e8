using Gatehouse.Domain;
using Gatehouse.Features.Accounts;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>The account itself (README, "Account").</summary>
internal static class Accounts
{
    /// <summary><c>GET /api/users</c>.</summary>
    public static Task<IResult> Show(HttpContext http, ShowAccount show, CancellationToken stop) =>
        show.Run(http.Caller(), stop).Answer(account => Json.Data(Reply(account, http.Caller())));

    private static AccountReply Reply(AccountStatus account, Caller caller) => new(
        caller.Key!.Text.Reveal(),
        account.Credits.WholeCents,
        account.Email,
        NameOf(account.Standing),
        NameOf(account.Tier),
        account.UserName,
        account.Limits,
        account.Google)
    {
        HasPassword = account.HasPassword ? null : false,
        RecoveryCodesLeft = account.RecoveryCodesLeft,
        SuspendedFor = account.SuspendedFor is { } cause ? NameOf(cause) : null,
    };

    private static string NameOf(SuspensionCause cause) => cause switch
    {
        SuspensionCause.Operator => "operator",
        SuspensionCause.Unpaid => "unpaid_invoice",
        SuspensionCause.NoCredits => "no_credits",
        SuspensionCause.SpendCap => "spend_cap",
    };

    private static string NameOf(Standing standing) => standing switch
    {
        Standing.Active => "active",
        Standing.Prepaid => "prepaid",
        Standing.Suspended => "suspended",
    };

    private static string NameOf(Tier tier) => tier switch
    {
        Tier.Free => "FREE",
        Tier.Standard => "STANDARD",
    };
}

/// <summary>An account as its owner sees it.</summary>
/// <param name="ApiKey">The key that the request presented: no other is readable anywhere.</param>
/// <param name="CreditCents">Credits in whole cents, rounded down.</param>
/// <param name="Email">As its owner spells it.</param>
/// <param name="Status">What the account may do at all.</param>
/// <param name="Tier"><c>FREE</c> or <c>STANDARD</c>.</param>
/// <param name="UserName">Public.</param>
/// <param name="Limits">What the tier allows, and what is used of it.</param>
/// <param name="Google">The address of the Google account that opens it too; missing without one.</param>
internal sealed record AccountReply(
    string ApiKey, long CreditCents, string Email, string Status, string Tier, string UserName, AccountUse Limits,
    string? Google)
{
    /// <summary>False where no password opens it; missing where one does, as nearly everywhere.</summary>
    public bool? HasPassword { get; init; }

    /// <summary>Missing where no second factor is on.</summary>
    public int? RecoveryCodesLeft { get; init; }

    /// <summary>Why the account is suspended; missing while it is not.</summary>
    public string? SuspendedFor { get; init; }
}
