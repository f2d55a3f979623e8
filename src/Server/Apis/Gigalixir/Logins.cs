using Gatehouse.Domain;
using Gatehouse.Features.Logins;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>Logging in and out (README, "Login").</summary>
internal static class Logins
{
    /// <summary>
    /// <c>GET /api/login</c>: address and account password as Basic credentials, which is how the original client does
    /// it. The one route that takes a password there.
    /// </summary>
    public static Task<IResult> WithBasic(HttpContext http, LogIn logIn, CancellationToken stop)
    {
        if (BasicCredentials.Of(http.Request) is not { } basic)
            return Task.FromResult(Errors.Answer(new Refusal(Reason.NotLoggedIn)));
        var token = http.Request.Query["mfa_token"].ToString();
        var credentials = new Credentials(basic.User, basic.Password, token, Literal: basic.Literal);
        return Reply(logIn.Run(http.Visitor(), credentials, stop));
    }

    /// <summary>
    /// <c>POST /api/login</c>: the same with everything in the body, so that no secret is in an address.
    /// </summary>
    public static Task<IResult> WithBody(HttpContext http, LogIn logIn, CancellationToken stop) =>
        Json.Reading<LoginRequest>(http, body => Reply(logIn.Run(
            http.Visitor(), new Credentials(body.Email, body.Password, body.MfaToken, body.Device), stop)));

    /// <summary><c>DELETE /api/login</c>: revokes the presented key.</summary>
    public static Task<IResult> End(HttpContext http, LogOut logOut, CancellationToken stop) =>
        logOut.Run(http.Caller(), stop).Answer(Json.Nothing);

    private static Task<IResult> Reply(Task<Outcome<LoggedIn>> login) =>
        login.Answer(done => Json.Data(new LoginReply(done.Email, done.Key.Reveal(), done.RecoveryCodesLeft)), Refuse);

    /// <summary>
    /// At login, a missing code is 303, without a Location: clients then ask for it and call again. A wrong one is 401,
    /// because a second 303 would make them ask for ever. Clients before 1.2 do not ask and show the body.
    /// </summary>
    private static IResult Refuse(Refusal refusal) => refusal.Reason switch
    {
        Reason.FactorRequired => Errors.AskForFactor(refusal),
        Reason.FactorWrong => Errors.Answer(refusal, StatusCodes.Status401Unauthorized),
        _ => Errors.Answer(refusal),
    };
}

/// <summary>What <c>POST /api/login</c> takes.</summary>
/// <param name="Email">The address.</param>
/// <param name="Password">As typed.</param>
/// <param name="MfaToken">A code of the second factor, or a recovery code; only where a factor is on.</param>
/// <param name="Device">What the new key is named after; may be missing.</param>
internal sealed record LoginRequest(string? Email, string? Password, string? MfaToken, string? Device)
{
    public LoginRequest()
        : this(null, null, null, null)
    {
    }
}

/// <summary>The key of a new login, and how many recovery codes are left where a second factor is on.</summary>
internal sealed record LoginReply(string Email, string Key, int? RecoveryCodesLeft);
