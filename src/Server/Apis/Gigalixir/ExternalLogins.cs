using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Features.ExternalLogins;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>
/// Logging in with Google (README, "Google"): the terminal prints an address and asks until a browser is done.
/// </summary>
internal static class ExternalLogins
{
    private const string Google = "google";

    /// <summary><c>GET /api/oauth</c>: what there is to log in with besides a password.</summary>
    public static IResult List(OfferGoogle offer) =>
        Json.Data(new OfferedProvidersReply(offer.Run().Refusal is null ? [Google] : []));

    /// <summary><c>POST /api/oauth/{provider}</c>; <c>signup</c> is how command lines before 1.14 sign up.</summary>
    public static Task<IResult> Start(
        HttpContext http, string provider, StartTerminalLogin start, PublicUrl publicUrl, CancellationToken stop) =>
        Json.Reading<OAuthRequest>(http, async body =>
        {
            if (provider != Google) return NoSuchProvider;
            var intent = body.Signup ? TerminalIntent.SignUpAtOnce : TerminalIntent.LogIn;
            var started = await start.Run(http.Visitor(), intent, body.Device, stop);
            return started.Match(
                terminal => Json.Data(
                    new TerminalReply(publicUrl.AddressOf(terminal), terminal.Poll.Reveal(), terminal.PairingCode),
                    StatusCodes.Status201Created),
                Errors.Answer);
        });

    /// <summary>The first step of a sign-up with Google; the poll below tells when it can go on.</summary>
    public static async Task<IResult> SignUp(
        HttpContext http, SignUpRequest body, Offer offer, StartTerminalLogin start, CancellationToken stop)
    {
        if (body.OAuth != Google) return Errors.Answer(new Refusal(Reason.InvalidFormat, Field.OAuth));
        var started = await start.Run(http.Visitor(), TerminalIntent.SignUp, body.Device, stop);
        if (!started.Is(out var terminal, out var refusal)) return Errors.Answer(refusal);
        return Json.Data(await offer.To(http) with
        {
            Uuid = terminal.SignUp!.Reveal(),
            Session = terminal.Poll.Reveal(),
            Url = http.RequestServices.GetRequiredService<PublicUrl>().AddressOf(terminal),
            PairingCode = terminal.PairingCode,
        });
    }

    /// <summary>
    /// <c>GET /api/oauth/{provider}/{session}</c>: 204 while nothing came of it. What came of it is told once.
    /// </summary>
    public static async Task<IResult> Poll(
        HttpContext http, string provider, string session, PollTerminalLogin poll, CancellationToken stop)
    {
        if (provider != Google) return NoSuchProvider;
        return (await poll.Run(http.Visitor(), session, stop)).Match(
            progress => progress.Email is { } email
                ? Json.Data(new TerminalLoginReply(email, progress.Key?.Reveal()))
                : TypedResults.NoContent(),
            refusal => refusal.Reason == Reason.Expired ? Over : Errors.Answer(refusal));
    }

    /// <summary><c>DELETE /api/oauth/{provider}</c>: no Google account opens this one any more.</summary>
    public static Task<IResult> Unlink(
        HttpContext http, string provider, UnlinkAccount unlink, CancellationToken stop) =>
        Json.Reading<OAuthRequest>(http, body => provider == Google
            ? unlink.Run(http.Caller(), new Proof(body.CurrentPassword, body.MfaToken), stop).Answer(Json.Nothing)
            : Task.FromResult(NoSuchProvider));

    private static IResult NoSuchProvider => Errors.Answer(new Refusal(Reason.NotFound));

    private static IResult Over => Errors.Sentence(
        "This login has expired, or was fetched already. Please start again.",
        StatusCodes.Status422UnprocessableEntity);

    private static string AddressOf(this PublicUrl publicUrl, StartedTerminal terminal) =>
        publicUrl.To($"/oauth/google?session={terminal.Page.Reveal()}");
}

/// <summary>What the routes of this file take, each its own part.</summary>
internal sealed record OAuthRequest
{
    /// <summary>Makes an account in one step.</summary>
    public bool Signup { get; init; }

    /// <summary>What the machine is called; shown on the page, and what the new key is named after.</summary>
    public string? Device { get; init; }

    public string? CurrentPassword { get; init; }

    public string? MfaToken { get; init; }
}

/// <summary>What there is to log in with besides a password.</summary>
internal sealed record OfferedProvidersReply(IReadOnlyList<string> Providers);

/// <summary>A terminal that waits.</summary>
/// <param name="Url">The page to open in a browser.</param>
/// <param name="Session">What to ask with; not the one in the address.</param>
/// <param name="PairingCode">What the page shows too.</param>
internal sealed record TerminalReply(string Url, string Session, string PairingCode);

/// <summary>What came of it: a login with its key, or the proven address of a sign-up.</summary>
internal sealed record TerminalLoginReply(string Email, string? Key);
