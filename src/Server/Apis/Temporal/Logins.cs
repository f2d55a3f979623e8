using System.Text.Json.Serialization;
using Gatehouse.Domain;
using Gatehouse.Features.Logins;
using Gatehouse.Features.Tokens;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Temporal;

/// <summary>Logging in, and staying so (README, "Tokens").</summary>
internal static class Logins
{
    /// <summary><c>POST /v2/auth/login</c>: user name, or proven address, and password.</summary>
    public static async Task<IResult> LogIn(HttpContext http, LogInForToken logIn, CancellationToken stop)
    {
        if (!(await FormReader.Read(http)).Is(out var form, out _)) return Missing;
        if (form["username"] is not { } name || form["password"] is not { } password) return Missing;
        var credentials = new Credentials(name, password, form["mfa_token"]);
        return await logIn.Run(http.Visitor(), credentials, stop).Answer(Reply, Refuse);
    }

    /// <summary><c>GET /v2/auth/refresh</c>.</summary>
    public static Task<IResult> Refresh(HttpContext http, RefreshToken refresh, CancellationToken stop) =>
        refresh.Run(http.Caller(), stop).Answer(Reply, RefuseRefresh);

    private static IResult Missing => Errors.Gate(StatusCodes.Status400BadRequest, "Missing Username or Password");

    private static IResult Reply(IssuedToken token) =>
        Json.Whole(new TokenReply(token.ExpiresAt, token.Text.Reveal()));

    /// <summary>One text for everything that is wrong with name and password; clients know no other.</summary>
    private static IResult Refuse(Refusal refusal) => refusal.Reason switch
    {
        Reason.NotConfirmed or Reason.TooLong or Reason.InvalidFormat =>
            Errors.Gate(new Refusal(Reason.WrongCredentials)),
        _ => Errors.Gate(refusal),
    };

    /// <summary>With a full stop, unlike everywhere else.</summary>
    private static IResult RefuseRefresh(Refusal refusal) => refusal.Reason == Reason.Expired
        ? Errors.Gate(StatusCodes.Status401Unauthorized, "Token is expired.")
        : Errors.Gate(refusal);
}

/// <summary>A token, and when it ends; the two success replies without an envelope.</summary>
internal sealed record TokenReply(
    [property: JsonPropertyName("expire")] DateTime Expire, [property: JsonPropertyName("token")] string Token);
