using Gatehouse.Features.Accounts;
using Gatehouse.Features.Credentials;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>Closing the account (README, "Closing").</summary>
internal static class Closing
{
    /// <summary><c>GET /api/users/destroy</c>: what closing would mean.</summary>
    public static Task<IResult> Plan(HttpContext http, PlanClosing plan, CancellationToken stop) =>
        plan.Run(http.Caller(), stop).Answer(done => Json.Data(done));

    /// <summary><c>DELETE /api/users/destroy</c>.</summary>
    public static Task<IResult> Close(HttpContext http, CloseAccount close, CancellationToken stop) =>
        Json.Reading<CloseRequest>(http, body => close
            .Run(http.Caller(), body.Email, new Proof(body.CurrentPassword, body.MfaToken), stop)
            .Answer(Json.Nothing));
}

/// <summary>What <c>DELETE /api/users/destroy</c> takes.</summary>
internal sealed record CloseRequest
{
    public string? Email { get; init; }

    public string? CurrentPassword { get; init; }

    public string? MfaToken { get; init; }
}
