using Gatehouse.Domain;
using Gatehouse.Features.SignUps;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>The steps of a sign-up that have to do with money, and the last one (README, "Sign-up").</summary>
internal sealed class SignUpPayment(
    ChoosePromoCode choosePromo, AddSignUpCard addCard, OpenSignUpCardPage openPage, ShowSignUpCardPage showPage,
    CompleteSignUp complete)
{
    private const string Open = "open";

    /// <summary>The promo code, checked; an empty one takes it back.</summary>
    public Task<IResult> Promo(HttpContext http, string? uuid, string code, CancellationToken stop) =>
        choosePromo.Run(http.Visitor(), uuid, code, stop).Answer(chosen => Json.Data(new PromoReply(chosen.Code)));

    /// <summary>The card by its token.</summary>
    public Task<IResult> Card(string? uuid, string token, CancellationToken stop) =>
        addCard.Run(uuid, token, stop).Answer(Json.Nothing);

    /// <summary>The card by a page of the provider's: opened, or asked how far it is.</summary>
    public Task<IResult> CardPage(HttpContext http, string? uuid, string page, CancellationToken stop)
    {
        if (page == Open) return openPage.Run(uuid, stop).Answer(opened => Json.Data(CardSetupReply.Of(opened)));
        return Guid.TryParseExact(page, "D", out var id)
            ? showPage.Run(http.Visitor(), uuid, id, stop).Answer(state => Json.Data(CardSetupReply.Of(id, state)))
            : Task.FromResult(Errors.Answer(new Refusal(Reason.NotFound)));
    }

    /// <summary>The last step.</summary>
    public Task<IResult> Complete(HttpContext http, SignUpRequest body, string tier, CancellationToken stop) =>
        complete.Run(http.Visitor(), body.Uuid, tier, body.Device, stop).Answer(done => Json.Data(
            new SignedUpReply(done.Account.EmailSpelling, done.Key.Reveal(), done.Account.UserName)));
}
