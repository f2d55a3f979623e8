using Gatehouse.Domain;
using Gatehouse.Features.Accounts;
using Gatehouse.Features.Confirmations;
using Gatehouse.Features.SignUps;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>Signing up: one address, one step a call (README, "Sign-up").</summary>
internal sealed class SignUps(
    StartSignUp start, ShowSignUp show, ConfirmByCode confirm, ChoosePassword choosePassword, CompleteSignUp complete)
{
    /// <summary><c>POST /api/signup</c>.</summary>
    public static async Task<IResult> Step(HttpContext http, SignUps steps, Offer offer, CancellationToken stop)
    {
        if (!(await Json.Read<SignUpRequest>(http)).Is(out var body, out var refusal)) return Errors.Answer(refusal);
        return await steps.Take(http, body, offer, stop);
    }

    /// <summary><c>POST /api/free_users</c>, how command lines before 1.14 signed up.</summary>
    public static async Task<IResult> Register(HttpContext http, RegisterAccount register, CancellationToken stop)
    {
        if (!(await Json.Read<RegisterRequest>(http)).Is(out var body, out var refusal)) return Errors.Answer(refusal);
        return (await register.Run(http.Visitor(), body.Email, body.Password, stop)).Match(Json.Nothing, Errors.Answer);
    }

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
        { OAuth: not null } => Refuse(Reason.NotOffered, Field.OAuth),
        { ConfirmationCode: { } code } => Confirm(http, body.Uuid, code, stop),
        { Password: { } password } => Choose(body.Uuid, password, stop),
        { PromoCode: not null } => Refuse(Reason.InvalidToken, Field.PromoCode),
        { StripeToken: not null } => Refuse(Reason.NotOffered, Field.StripeToken),
        { Tier: { } tier } => Complete(http, body, tier, stop),
        { Explanation: not null } => Refuse(Reason.NotOffered, Field.Explanation),
        { Uuid: { } uuid } => Show(http, uuid, offer, stop),
        _ => Refuse(Reason.Required, Field.Email),
    };

    private async Task<IResult> Start(HttpContext http, string email, Offer offer, CancellationToken stop) =>
        (await start.Run(http.Visitor(), email, stop)).Match(
            handle => Json.Data(offer.To(http) with { Uuid = handle.Reveal() }), Errors.Answer);

    private async Task<IResult> Show(HttpContext http, string uuid, Offer offer, CancellationToken stop) =>
        (await show.Run(uuid, stop)).Match(
            progress => Json.Data(offer.To(http) with { Email = progress.Email, Next = NameOf(progress.Next) }),
            Errors.Answer);

    private async Task<IResult> Confirm(HttpContext http, string? uuid, string code, CancellationToken stop) =>
        (await confirm.Run(http.Visitor(), uuid, code, stop)).Match(Json.Nothing, Errors.Answer);

    private async Task<IResult> Choose(string? uuid, string password, CancellationToken stop) =>
        (await choosePassword.Run(uuid, password, stop)).Match(Json.Nothing, Errors.Answer);

    private async Task<IResult> Complete(HttpContext http, SignUpRequest body, string tier, CancellationToken stop) =>
        (await complete.Run(http.Visitor(), body.Uuid, tier, body.Device, stop)).Match(
            done => Json.Data(new SignedUpReply(done.Account.EmailSpelling, done.Key.Reveal(), done.Account.UserName)),
            Errors.Answer);

    private static Task<IResult> Refuse(Reason reason, Field? field = null) =>
        Task.FromResult(Errors.Answer(new Refusal(reason, field)));

    private static string NameOf(SignUpStep step) => step switch
    {
        SignUpStep.ConfirmationCode => "confirmation_code",
        SignUpStep.Password => "password",
        SignUpStep.Tier => "tier",
    };
}
