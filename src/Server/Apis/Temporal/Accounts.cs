using System.Buffers.Binary;
using System.Security.Cryptography;
using Gatehouse.Domain;
using Gatehouse.Features.Accounts;
using Gatehouse.Features.Credentials;
using Gatehouse.Features.Upgrades;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Temporal;

/// <summary>The account itself (README, "Accounts").</summary>
internal static class Accounts
{
    private static readonly UpgradeWish Prepaid = new(null, null, NeedsCard: false, new Proof(null));

    private const string NoPlus = "emails must not contain + signs, this is to prevent abuse of catch all routing";

    /// <summary><c>POST /v2/auth/register</c>.</summary>
    public static async Task<IResult> Register(
        HttpContext http, RegisterAccount register, Terms terms, CancellationToken stop)
    {
        var wanted = new Registration(http.Field("email_address"), http.Field("password"), http.Field("username"));
        if (wanted.Email!.Contains('+')) return Errors.Answer(NoPlus);
        if (wanted.UserName!.Contains('@')) return Errors.Answer("usernames cant contain @ sign");
        return await register.Run(http.Visitor(), wanted, stop)
            .Answer(account => Json.Success(UserReply.Of(account, terms)), RefuseRegistration);
    }

    /// <summary><c>GET /v2/account/token/username</c>.</summary>
    public static Task<IResult> ShowUserName(HttpContext http, ShowAccount show, CancellationToken stop) =>
        show.Run(http.Caller(), stop).Answer(account => Json.Success(account.UserName));

    /// <summary><c>POST /v2/account/email/forgot</c>, and <c>/v2/forgot/email</c> as the documents call it.</summary>
    public static Task<IResult> ShowEmail(HttpContext http, ShowAccount show, CancellationToken stop) =>
        show.Run(http.Caller(), stop).Answer(account => Json.Success(account.Email));

    /// <summary><c>POST /v2/account/upgrade</c>: free of charge, for good, and without a card prepaid.</summary>
    public static Task<IResult> Upgrade(HttpContext http, UpgradeAccount upgrade, CancellationToken stop) =>
        upgrade.Run(http.Caller(), Prepaid, stop).Answer(_ => Json.Success("account upgraded"));

    /// <summary><c>POST /v2/forgot/username</c>: the same answer for every address.</summary>
    public static Task<IResult> RemindUserName(HttpContext http, RemindUserName remind, CancellationToken stop) =>
        remind.Run(http.Visitor(), http.Field("email_address"), stop)
            .Answer(_ => Json.Success("username reminder sent account email"));

    /// <summary>
    /// A number for an account, which clients of this dialect take for its id: stable, within what JavaScript counts
    /// exactly, and without telling how many accounts there are.
    /// </summary>
    public static long NumberOf(Guid id)
    {
        const int SpareBits = 11;
        return (long)(BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(id.ToByteArray())) >> SpareBits);
    }

    private static IResult RefuseRegistration(Refusal refusal) => refusal.Reason
        is Reason.Taken or Reason.TooManyAttempts or Reason.Busy
        ? Errors.Answer(refusal)
        : Errors.Explain(refusal, "failed to create user account");
}

/// <summary>An account as registering shows it: the original's row, key by key.</summary>
internal sealed record UserReply(
    long ID,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    DateTime? DeletedAt,
    string UserName,
    string EmailAddress,
    bool AccountEnabled,
    bool EmailEnabled,
    string EmailVerificationToken,
    bool AdminAccess,
    string HashedPassword,
    bool Free,
    decimal Credits,
    string CustomerObjectHash,
    string Organization,
    IReadOnlyList<string>? IPFSKeyNames,
    IReadOnlyList<string>? IPFSKeyIDs,
    IReadOnlyList<string>? IPFSNetworkNames,
    string Status)
{
    private const string Scrubbed = "scrubbed";

    // What the original gives every new account; clients only look whether it is there.
    private const string EmptyObject = "zdpuAnUGSDoNQoHQ2jpjhPePHEvg26mYLsAAGxr4jkzCWUpde";

    /// <summary>An account that was just made.</summary>
    public static UserReply Of(Account account, Terms terms) => new(
        Accounts.NumberOf(account.Id),
        account.CreatedAt,
        account.CreatedAt,
        DeletedAt: null,
        account.UserName,
        account.EmailSpelling,
        AccountEnabled: true,
        EmailEnabled: account.EmailConfirmedAt is not null,
        EmailVerificationToken: Scrubbed,
        AdminAccess: false,
        HashedPassword: Scrubbed,
        Free: true,
        Credits: 0,
        EmptyObject,
        Organization: "",
        IPFSKeyNames: null,
        IPFSKeyIDs: null,
        IPFSNetworkNames: null,
        $"by continuing to use this service you agree to be bound by the following api terms and service {terms.Url}");
}

/// <summary>Where the terms of this deployment stand.</summary>
internal sealed class Terms(Settings settings, PublicUrl publicUrl)
{
    public string Url => settings.TermsUrl == "" ? publicUrl.To("/terms") : settings.TermsUrl;
}
