using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Features.Passwords;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Temporal;

/// <summary>Passwords (README, "Passwords"). They are taken as they are: nothing is stripped or decoded.</summary>
internal static class Passwords
{
    /// <summary><c>POST /v2/account/password/change</c>.</summary>
    public static Task<IResult> Change(HttpContext http, ChangePassword change, CancellationToken stop)
    {
        var proof = new Proof(http.Field("old_password"), http.OptionalField("mfa_token"));
        return change.Run(http.Caller(), proof, http.Field("new_password"), revokeKeys: false, stop)
            .Answer(_ => Json.Success("password changed"), Refuse);
    }

    /// <summary><c>POST /v2/forgot/password</c>: the same answer for every address; the mail has a link.</summary>
    public static Task<IResult> Forgot(HttpContext http, RequestPasswordReset request, CancellationToken stop) =>
        request.Run(http.Visitor(), http.Field("email_address"), stop)
            .Answer(_ => Json.Success("password reset, please check your email for a new password"));

    /// <summary>A wrong password is said in the original's words, everything else besides.</summary>
    private static IResult Refuse(Refusal refusal) => refusal.Reason
        is Reason.WrongPassword or Reason.TooManyAttempts or Reason.Busy
        ? Errors.Answer(refusal)
        : Errors.Explain(refusal, "failed to change password");
}
