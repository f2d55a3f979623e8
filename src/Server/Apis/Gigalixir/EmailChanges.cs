using Gatehouse.Features.Credentials;
using Gatehouse.Features.EmailChanges;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>Changing the address (README, "E-mail change").</summary>
internal static class EmailChanges
{
    /// <summary><c>POST /api/users/email</c>.</summary>
    public static Task<IResult> Request(HttpContext http, RequestEmailChange request, CancellationToken stop) =>
        Json.Reading<EmailChangeRequest>(http, body => request
            .Run(http.Caller(), body.NextEmail, body.Proof, stop)
            .Answer(Json.Nothing));

    /// <summary><c>POST /api/users/email/confirm</c>.</summary>
    public static Task<IResult> Confirm(HttpContext http, ConfirmEmailChange confirm, CancellationToken stop) =>
        Json.Reading<EmailChangeRequest>(http, body => confirm
            .Run(http.Visitor(), body.Token, stop)
            .Answer(done => Json.Data(new ConfirmedReply(done.Email))));

    /// <summary><c>POST /api/users/email/revoke</c>.</summary>
    public static Task<IResult> Revoke(HttpContext http, RevokeEmailChange revoke, CancellationToken stop) =>
        Json.Reading<EmailChangeRequest>(http, body => revoke
            .Run(http.Visitor(), body.Token, stop)
            .Answer(done => Json.Data(new RevokedReply(done.Email, done.WasConfirmed))));
}

/// <summary>What the routes of this file take, each its own part.</summary>
internal sealed record EmailChangeRequest
{
    public string? NextEmail { get; init; }

    public string? CurrentPassword { get; init; }

    public string? MfaToken { get; init; }

    public string? Token { get; init; }

    internal Proof Proof => new(CurrentPassword, MfaToken);
}

/// <summary>What a revocation did.</summary>
/// <param name="Email">The address that the account has.</param>
/// <param name="PasswordNeeded">True when the change was undone: a new password has to be set by mail.</param>
internal sealed record RevokedReply(string Email, bool PasswordNeeded);
