namespace Gatehouse.Gateways;

/// <summary>Why cards are refused, in the words that Stripe documents (docs.stripe.com/error-codes).</summary>
public static class Declines
{
    private static readonly Dictionary<string, string> Sentences = new(StringComparer.Ordinal)
    {
        ["card_declined"] = "Your card was declined.",
        ["insufficient_funds"] = "Your card has insufficient funds.",
        ["expired_card"] = "Your card has expired.",
        ["incorrect_cvc"] = "Your card's security code is incorrect.",
        ["processing_error"] = "An error occurred while processing your card. Try again in a little bit.",
        ["card_velocity_exceeded"] =
            "Your card was declined for making repeated attempts too frequently or exceeding its amount limit.",
        ["incorrect_number"] = "Your card number is incorrect.",
        ["invalid_expiry_month"] = "Your card's expiration month is invalid.",
        ["invalid_expiry_year"] = "Your card's expiration year is invalid.",
        ["invalid_cvc"] = "Your card's security code is invalid.",
        ["authentication_required"] = "Your card was declined: your bank wanted you to confirm it, and you did not.",
        ["never_made"] = "Your card was not charged: the payment provider knows of no such payment.",
    };

    /// <summary>The decline of a code; one that nobody documented says the usual.</summary>
    public static Decline Of(string code) => new(code, Sentences.GetValueOrDefault(code, Sentences["card_declined"]));
}
