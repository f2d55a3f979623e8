using System.Globalization;
using Gatehouse.Domain;
using Gatehouse.Features.Credits;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Temporal;

/// <summary>Payments (README, "Payments"): cards are taken, crypto currencies are not.</summary>
internal static class Payments
{
    // Beyond it no amount is in range, and some could not be held at all.
    private const long MostCents = 1_000_000_000;

    /// <summary>
    /// <c>POST /v2/payments/stripe/charge</c>. The receipt goes to the account's own address, whatever address comes
    /// along.
    /// </summary>
    public static Task<IResult> Charge(HttpContext http, BuyCredits buy, CancellationToken stop)
    {
        var text = http.Field("value_in_cents");
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var cents))
            return Task.FromResult(Errors.Answer($"strconv.ParseInt: parsing \"{text}\": invalid syntax"));
        Money? amount = cents is > 0 and <= MostCents ? Money.FromCents(cents) : null;
        var wanted = new Purchase(amount, KeyOf(http), http.Field("stripe_token"));
        return buy.Run(http.Caller(), wanted, stop)
            .Answer(_ => Json.Success("stripe credit purchase successful"), Refuse);
    }

    /// <summary>Everything that is paid in a crypto currency.</summary>
    public static IResult Crypto() => Errors.Answer(new Refusal(Reason.NotOffered));

    /// <summary><c>GET /v2/payments/status/{number}</c>: there is none with any number.</summary>
    public static IResult Status() => Errors.Answer("failed to search for payment");

    private static IResult Refuse(Refusal refusal) => refusal.Reason switch
    {
        Reason.NotConfirmed => Errors.Answer("unverified accounts must verify before being able to buy credits"),
        Reason.OutOfRange => Errors.Answer("value_in_cents must be between 100 and 1000000"),
        _ => Errors.Answer(refusal),
    };

    private static string? KeyOf(HttpContext http) =>
        http.Request.Headers["Idempotency-Key"].ToString() is { Length: > 0 } key ? key : null;
}
