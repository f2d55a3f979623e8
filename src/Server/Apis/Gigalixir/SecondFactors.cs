using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Features.SecondFactors;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>
/// The second factor (README, "Second factor"). The wire has no password field here, so a login that is too old is a
/// 401, which makes clients say that one has to log in again.
/// </summary>
internal static class SecondFactors
{
    /// <summary><c>POST /api/mfa/start</c>.</summary>
    public static Task<IResult> Start(HttpContext http, StartFactor start, CancellationToken stop) =>
        Json.Reading<FactorRequest>(http, body => start
            .Run(http.Caller(), body.Proof, stop)
            .Answer(url => Json.Data(new FactorReply("Scan this with your authenticator app.", url.Reveal())), Refuse));

    /// <summary><c>POST /api/mfa/verify</c>.</summary>
    public static Task<IResult> Verify(HttpContext http, ActivateFactor activate, CancellationToken stop) =>
        Json.Reading<FactorRequest>(http, body => activate
            .Run(http.Caller(), new Proof(body.CurrentPassword), body.MfaToken, stop)
            .Answer(codes => Codes("Multi-factor authentication is activated. Please log in again.", codes), Refuse));

    /// <summary><c>DELETE /api/mfa</c>.</summary>
    public static Task<IResult> Deactivate(HttpContext http, DeactivateFactor deactivate, CancellationToken stop) =>
        Json.Reading<FactorRequest>(http, body => deactivate
            .Run(http.Caller(), body.Proof, stop)
            .Answer(_ => Json.Data(new MessageReply("Multi-factor authentication is deactivated.")), Refuse));

    /// <summary><c>POST /api/mfa/recovery_codes</c>.</summary>
    public static Task<IResult> Regenerate(
        HttpContext http, RegenerateRecoveryCodes regenerate, CancellationToken stop) =>
        Json.Reading<FactorRequest>(http, body => regenerate
            .Run(http.Caller(), body.Proof, stop)
            .Answer(codes => Codes(null, codes), Refuse));

    private static IResult Codes(string? message, IReadOnlyList<Secret> codes) =>
        Json.Data(new RecoveryCodesReply(message, [.. codes.Select(code => code.Reveal())]));

    private static IResult Refuse(Refusal refusal) =>
        refusal.Reason == Reason.LoginTooOld ? Errors.Answer(new Refusal(Reason.NotLoggedIn)) : Errors.Answer(refusal);
}

/// <summary>What the routes of this file take. Clients of the original send the code alone, or nothing.</summary>
internal sealed record FactorRequest
{
    public string? MfaToken { get; init; }

    public string? CurrentPassword { get; init; }

    internal Proof Proof => new(CurrentPassword, MfaToken);
}

/// <summary>A factor that waits for its first code.</summary>
/// <param name="Message">For people.</param>
/// <param name="Url">The <c>otpauth:</c> address that clients draw as a QR code.</param>
internal sealed record FactorReply(string Message, string Url);

/// <summary>Recovery codes, shown this once.</summary>
internal sealed record RecoveryCodesReply(string? Message, IReadOnlyList<string> RecoveryCodes);
