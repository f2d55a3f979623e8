using Gatehouse.Domain;
using Gatehouse.Features.Confirmations;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Temporal;

/// <summary>Proving an address (README, "Confirmation").</summary>
internal static class Confirmations
{
    /// <summary>
    /// <c>GET /v2/account/email/verify/{user}/{token}</c>: confirms at once, as clients expect. No mail of ours links
    /// here, because a mail scanner would confirm in passing; the token is the one of the link that the mail does have.
    /// </summary>
    public static Task<IResult> Confirm(
        HttpContext http, string user, string token, ConfirmByName confirm, CancellationToken stop) => confirm
        .Run(http.Visitor(), user, token, stop)
        .Answer(_ => Json.Success("email verified"), refusal => Refuse(refusal, user));

    private static IResult Refuse(Refusal refusal, string user) => refusal.Reason == Reason.Mismatch
        ? Errors.Answer(refusal, $"username from claim does not match expected user of {user}")
        : Errors.Answer(refusal);
}
