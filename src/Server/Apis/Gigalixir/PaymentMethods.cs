using System.Globalization;
using System.Text.Json;
using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Features.PaymentMethods;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>
/// The card (README, "Payment method"). The original sends no password here, so a login that is too old is a 401, which
/// makes clients say that one has to log in; whoever sends <c>current_password</c> is told like elsewhere.
/// </summary>
internal static class PaymentMethods
{
    /// <summary><c>GET /api/payment_methods</c>: 404 when there is none.</summary>
    public static Task<IResult> Show(HttpContext http, ShowPaymentMethod show, CancellationToken stop) => show
        .Run(http.Caller(), stop)
        .Answer(method => Json.Data(PaymentMethodReply.Of(method)), RefuseToShow);

    /// <summary><c>PUT /api/payment_methods</c>.</summary>
    public static Task<IResult> Set(HttpContext http, SetPaymentMethod set, CancellationToken stop) =>
        Json.Reading<PaymentMethodRequest>(http, body => set
            .Run(http.Caller(), body.StripeToken, body.Proof, stop)
            .Answer(
                method => Json.Data(PaymentMethodReply.Of(method)),
                refusal => Refuse(refusal, body.CurrentPassword)));

    /// <summary><c>POST /api/payment_methods/setups</c>: a page on which the card is entered.</summary>
    public static Task<IResult> Open(HttpContext http, OpenCardSetup open, CancellationToken stop) =>
        Json.Reading<PaymentMethodRequest>(http, body => open
            .Run(http.Caller(), body.Proof, stop)
            .Answer(
                setup => Json.Data(CardSetupReply.Of(setup), StatusCodes.Status201Created),
                refusal => Refuse(refusal, body.CurrentPassword)));

    /// <summary><c>GET /api/payment_methods/setups/{id}</c>.</summary>
    public static Task<IResult> ShowSetup(HttpContext http, string id, ShowCardSetup show, CancellationToken stop) =>
        Guid.TryParseExact(id, "D", out var parsed)
            ? show.Run(http.Caller(), parsed, stop).Answer(state => Json.Data(CardSetupReply.Of(parsed, state)))
            : Task.FromResult(Errors.Answer(new Refusal(Reason.NotFound)));

    /// <summary>
    /// The original sends no password on routes about cards, and 401 makes its users log in again. Whoever sends one,
    /// or an empty one, can be asked for it.
    /// </summary>
    internal static IResult Refuse(Refusal refusal, string? password) =>
        refusal.Reason == Reason.LoginTooOld && password is null
            ? Errors.Answer(new Refusal(Reason.NotLoggedIn))
            : Errors.Answer(refusal);

    private static IResult RefuseToShow(Refusal refusal) => refusal.Reason == Reason.NotFound
        ? Errors.Sentence("No payment method found", StatusCodes.Status404NotFound)
        : Errors.Answer(refusal);
}

/// <summary>What the routes of this file take, each its own part.</summary>
internal sealed record PaymentMethodRequest
{
    public string? StripeToken { get; init; }

    public string? CurrentPassword { get; init; }

    public string? MfaToken { get; init; }

    internal Proof Proof => new(CurrentPassword, MfaToken);
}

/// <summary>What may be shown of a card.</summary>
/// <param name="Brand">As the provider spells it.</param>
/// <param name="ExpMonth">1 to 12.</param>
/// <param name="ExpYear">Four digits.</param>
/// <param name="Last4">A number, as the original has it; a text when it begins with 0.</param>
internal sealed record PaymentMethodReply(string Brand, int ExpMonth, int ExpYear, JsonElement Last4)
{
    public static PaymentMethodReply Of(PaymentMethod method) =>
        new(method.Brand, method.ExpiryMonth, method.ExpiryYear, Digits(method.Last4));

    private static JsonElement Digits(string last4) => last4.StartsWith('0')
        ? JsonSerializer.SerializeToElement(last4)
        : JsonSerializer.SerializeToElement(int.Parse(last4, CultureInfo.InvariantCulture));
}

/// <summary>A visit to the page on which a card is entered.</summary>
/// <param name="Id">Names the visit.</param>
/// <param name="Url">Where the page is; only in the reply that opened it.</param>
/// <param name="State"><c>pending</c>, <c>complete</c> or <c>expired</c>.</param>
internal sealed record CardSetupReply(Guid Id, string? Url, string State)
{
    public static CardSetupReply Of(OpenedCardSetup setup) => new(setup.Id, setup.Url, "pending");

    public static CardSetupReply Of(Guid id, CardSetupState state) => new(id, Url: null, NameOf(state));

    private static string NameOf(CardSetupState state) => state switch
    {
        CardSetupState.Pending => "pending",
        CardSetupState.Complete => "complete",
        CardSetupState.Expired => "expired",
    };
}
