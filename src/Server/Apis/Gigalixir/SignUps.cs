using Gatehouse.Domain;
using Gatehouse.Features.Accounts;
using Gatehouse.Features.Confirmations;
using Gatehouse.Features.ExternalLogins;
using Gatehouse.Features.SignUps;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>Signing up: one address, one step a call (README, "Sign-up").</summary>
internal sealed class SignUps(
    StartSignUp start, ShowSignUp show, ConfirmByCode confirm, ChoosePassword choosePassword, SignUpPayment payment)
{
    /// <summary><c>POST /api/signup</c>.</summary>
    public static Task<IResult> Step(
        HttpContext http, SignUps steps, Offer offer, StartTerminalLogin startTerminal, CancellationToken stop) =>
        Json.Reading<SignUpRequest>(http, body => body is { Fields: 1, OAuth: not null }
            ? ExternalLogins.SignUp(http, body, offer, startTerminal, stop)
            : steps.Take(http, body, offer, stop));

    /// <summary><c>POST /api/free_users</c>, how command lines before 1.14 signed up.</summary>
    public static Task<IResult> Register(HttpContext http, RegisterAccount register, CancellationToken stop) =>
        Json.Reading<RegisterRequest>(http, body => register
            .Run(http.Visitor(), new Registration(body.Email, body.Password), stop)
            .Answer(Json.Nothing));

    /// <summary>
    /// <c>GET /api/validate_email</c>, which the same command lines ask before. It looks at the form alone: whether an
    /// address is known is nobody's business.
    /// </summary>
    public static IResult ValidateEmail(string? email) => EmailAddress.Parse(email).Match(Json.Nothing, Errors.Answer);

    /// <summary>The step is the one field that stands beside the handle.</summary>
    private Task<IResult> Take(HttpContext http, SignUpRequest body, Offer offer, CancellationToken stop) => body switch
    {
        { Fields: > 1 } => Refuse(Reason.Ambiguous),
        { Email: { } email } => Start(http, email, offer, stop),
        { ConfirmationCode: { } code } => Confirm(http, body.Uuid, code, stop),
        { Password: { } password } => Choose(body.Uuid, password, stop),
        { PromoCode: { } code } => payment.Promo(http, body.Uuid, code, stop),
        { StripeToken: { } token } => payment.Card(body.Uuid, token, stop),
        { CardPage: { } page } => payment.CardPage(http, body.Uuid, page, stop),
        { Tier: { } tier } => payment.Complete(http, body, tier, stop),
        { Explanation: not null } => Refuse(Reason.NotOffered, Field.Explanation),
        { Uuid: { } uuid } => Show(http, uuid, offer, stop),
        _ => Refuse(Reason.Required, Field.Email),
    };

    private async Task<IResult> Start(HttpContext http, string email, Offer offer, CancellationToken stop)
    {
        var started = await start.Run(http.Visitor(), email, stop);
        if (!started.Is(out var handle, out var refusal)) return Errors.Answer(refusal);
        return Json.Data(await offer.To(http) with { Uuid = handle.Reveal() });
    }

    private async Task<IResult> Show(HttpContext http, string uuid, Offer offer, CancellationToken stop)
    {
        var shown = await show.Run(uuid, stop);
        if (!shown.Is(out var at, out var refusal)) return Errors.Answer(refusal);
        return Json.Data(await offer.To(http) with { Email = at.Email, Next = NameOf(at.Next) });
    }

    private Task<IResult> Confirm(HttpContext http, string? uuid, string code, CancellationToken stop) =>
        confirm.Run(http.Visitor(), uuid, code, stop).Answer(Json.Nothing);

    private Task<IResult> Choose(string? uuid, string password, CancellationToken stop) =>
        choosePassword.Run(uuid, password, stop).Answer(Json.Nothing);

    private static Task<IResult> Refuse(Reason reason, Field? field = null) =>
        Task.FromResult(Errors.Answer(new Refusal(reason, field)));

    private static string NameOf(SignUpStep step) => step switch
    {
        SignUpStep.OAuth => "oauth",
        SignUpStep.ConfirmationCode => "confirmation_code",
        SignUpStep.Password => "password",
        SignUpStep.Tier => "tier",
    };
}
