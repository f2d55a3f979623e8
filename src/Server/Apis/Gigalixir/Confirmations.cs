using Gatehouse.Domain;
using Gatehouse.Features.Confirmations;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>Proving an address outside of the sign-up's own steps (README, "Confirmation").</summary>
internal static class Confirmations
{
    /// <summary><c>POST /api/users/confirm</c>: the link's token, or address and code.</summary>
    public static async Task<IResult> Confirm(
        HttpContext http, ConfirmByLink byLink, ConfirmByEmail byEmail, CancellationToken stop)
    {
        if (!(await Json.Read<ConfirmRequest>(http)).Is(out var body, out var refusal)) return Errors.Answer(refusal);
        if (body is { Token: not null, Email: null, Code: null })
            return Reply(await byLink.Run(http.Visitor(), body.Token, stop));
        return body is { Token: null, Email: not null, Code: not null }
            ? Reply(await byEmail.Run(http.Visitor(), body.Email, body.Code, stop))
            : Errors.Answer(new Refusal(Reason.Required, Field.Token));
    }

    /// <summary><c>PUT /api/users/reconfirm_email</c>: the same answer for every address.</summary>
    public static async Task<IResult> Resend(HttpContext http, ResendConfirmation resend, CancellationToken stop)
    {
        if (!(await Json.Read<ConfirmRequest>(http)).Is(out var body, out var refusal)) return Errors.Answer(refusal);
        return (await resend.Run(http.Visitor(), body.Email, stop)).Match(Json.Nothing, Errors.Answer);
    }

    private static IResult Reply(Outcome<ConfirmedAddress> outcome) =>
        outcome.Match(done => Json.Data(new ConfirmedReply(done.Email)), Errors.Answer);
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
