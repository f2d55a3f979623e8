using Gatehouse.Domain;
using Gatehouse.Features.Confirmations;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>Proving an address outside of the sign-up's own steps (README, "Confirmation").</summary>
internal static class Confirmations
{
    /// <summary><c>POST /api/users/confirm</c>: the link's token, or address and code.</summary>
    public static Task<IResult> Confirm(
        HttpContext http, ConfirmByLink byLink, ConfirmByEmail byEmail, CancellationToken stop) =>
        Json.Reading<ConfirmRequest>(http, body => body switch
        {
            { Token: not null, Email: null, Code: null } => Reply(byLink.Run(http.Visitor(), body.Token, stop)),
            { Token: null, Email: not null, Code: not null } =>
                Reply(byEmail.Run(http.Visitor(), body.Email, body.Code, stop)),
            _ => Task.FromResult(Errors.Answer(new Refusal(Reason.Required, Field.Token))),
        });

    /// <summary><c>PUT /api/users/reconfirm_email</c>: the same answer for every address.</summary>
    public static Task<IResult> Resend(HttpContext http, ResendConfirmation resend, CancellationToken stop) =>
        Json.Reading<ConfirmRequest>(http, body => resend
            .Run(http.Visitor(), body.Email, stop)
            .Answer(Json.Nothing));

    private static Task<IResult> Reply(Task<Outcome<ConfirmedAddress>> confirmation) =>
        confirmation.Answer(done => Json.Data(new ConfirmedReply(done.Email)));
}

/// <summary>What the routes of this file take.</summary>
internal sealed record ConfirmRequest(string? Token, string? Email, string? Code)
{
    public ConfirmRequest()
        : this(null, null, null)
    {
    }
}

/// <summary>The address that was proven.</summary>
internal sealed record ConfirmedReply(string Email);
