using Gatehouse.Features.Credentials;
using Gatehouse.Features.Passwords;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>Passwords (README, "Passwords"). Mind the verbs: PUT asks for a mail, POST uses its token.</summary>
internal static class Passwords
{
    /// <summary><c>PATCH /api/users/change_password</c>.</summary>
    public static Task<IResult> Change(HttpContext http, ChangePassword change, CancellationToken stop) =>
        Json.Reading<PasswordRequest>(http, body => change
            .Run(http.Caller(), body.Proof, body.NewPassword, body.RevokeApiKeys == true, stop)
            .Answer(_ => Json.Data(new MessageReply("Password successfully changed"))));

    /// <summary><c>PUT /api/users/reset_password</c>: the same answer for every address.</summary>
    public static Task<IResult> RequestReset(HttpContext http, RequestPasswordReset request, CancellationToken stop) =>
        Json.Reading<PasswordRequest>(http, body => request
            .Run(http.Visitor(), body.Email, stop)
            .Answer(Json.Nothing));

    /// <summary><c>POST /api/users/reset_password</c>.</summary>
    public static Task<IResult> Reset(HttpContext http, ResetPassword reset, CancellationToken stop) =>
        Json.Reading<PasswordRequest>(http, body => reset
            .Run(http.Visitor(), body.Token, body.Password, body.KeepApiKeys == true, stop)
            .Answer(Json.Nothing));

    /// <summary>
    /// What the original client did before 1.2 with address and password as Basic credentials: change the password,
    /// close the account, replace the key. A password there would walk around the second factor, so its owner reads
    /// what to do.
    /// </summary>
    public static IResult TooOld() => Errors.Sentence(
        "This command line is too old: here, a password is never sent that way. Please upgrade it to 1.2 or newer.",
        StatusCodes.Status426UpgradeRequired);
}

/// <summary>What the routes of this file take, each its own part.</summary>
internal sealed record PasswordRequest
{
    public string? Email { get; init; }

    public string? Token { get; init; }

    public string? Password { get; init; }

    public string? CurrentPassword { get; init; }

    public string? NewPassword { get; init; }

    public string? MfaToken { get; init; }

    public bool? RevokeApiKeys { get; init; }

    public bool? KeepApiKeys { get; init; }

    internal Proof Proof => new(CurrentPassword, MfaToken);
}

/// <summary>A sentence for people.</summary>
internal sealed record MessageReply(string Message);
