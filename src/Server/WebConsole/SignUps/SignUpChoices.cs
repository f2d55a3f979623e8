using Gatehouse.Domain;
using Gatehouse.Features.PaymentMethods;
using Gatehouse.Features.PromoCodes;
using Gatehouse.Features.Sessions;
using Gatehouse.Features.SignUps;
using Gatehouse.Platform;

namespace Gatehouse.WebConsole.SignUps;

/// <summary>What the last step of a sign-up asks the rules.</summary>
internal sealed class SignUpChoices(
    OfferPromoCodes offer, ChoosePromoCode choose, OpenSignUpCardPage open, ShowSignUpCardPage show,
    CompleteSignUpInBrowser complete)
{
    /// <summary>Says whether there are promo codes to ask for.</summary>
    public Task<bool> OffersCodes(CancellationToken stop) => offer.Run(stop);

    /// <summary>Checks a promo code; an empty one takes it back.</summary>
    public Task<Outcome<ChosenPromoCode>> Promo(HttpContext http, string? handle, string code) =>
        choose.Run(http.Visitor(), handle, code, http.RequestAborted);

    /// <summary>A page on which the card is entered.</summary>
    public Task<Outcome<OpenedCardSetup>> OpenCardPage(HttpContext http, string? handle) =>
        open.Run(handle, http.RequestAborted);

    /// <summary>The account and its login. A card that was entered meanwhile is fetched first.</summary>
    public async Task<Outcome<WebLogin>> Complete(HttpContext http, string? handle, string? tier, string? card)
    {
        if (Guid.TryParse(card, out var id)) await show.Run(http.Visitor(), handle, id, http.RequestAborted);
        return await complete.Run(http.Visitor(), handle, tier, http.RequestAborted);
    }
}
