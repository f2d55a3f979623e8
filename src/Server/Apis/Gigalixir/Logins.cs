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
    public static async Task<IResult> WithBasic(HttpContext http, LogIn logIn, CancellationToken stop)
    {
        if (BasicCredentials.Of(http.Request) is not { } basic) return Errors.Answer(new Refusal(Reason.NotLoggedIn));
        var credentials = new Credentials(basic.User, basic.Password, Literal: basic.Literal);
        return Reply(await logIn.Run(http.Visitor(), credentials, stop));
    }

    /// <summary>
    /// <c>POST /api/login</c>: the same with everything in the body, so that no secret is in an address.
    /// </summary>
    public static async Task<IResult> WithBody(HttpContext http, LogIn logIn, CancellationToken stop)
    {
        if (!(await Json.Read<LoginRequest>(http)).Is(out var body, out var refusal)) return Errors.Answer(refusal);
        return Reply(await logIn.Run(http.Visitor(), new Credentials(body.Email, body.Password, body.Device), stop));
    }

    /// <summary><c>DELETE /api/login</c>: revokes the presented key.</summary>
    public static async Task<IResult> End(HttpContext http, LogOut logOut, CancellationToken stop) =>
        (await logOut.Run(http.Caller(), stop)).Match(Json.Nothing, Errors.Answer);

    private static IResult Reply(Outcome<LoggedIn> outcome) =>
        outcome.Match(done => Json.Data(new LoginReply(done.Email, done.Key.Reveal())), Errors.Answer);
}

/// <summary>What <c>POST /api/login</c> takes.</summary>
/// <param name="Email">The address.</param>
/// <param name="Password">As typed.</param>
/// <param name="Device">What the new key is named after; may be missing.</param>
internal sealed record LoginRequest(string? Email, string? Password, string? Device)
{
    public LoginRequest()
        : this(null, null, null)
    {
    }
}

/// <summary>The key of a new login.</summary>
internal sealed record LoginReply(string Email, string Key);
