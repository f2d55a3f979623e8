namespace Gatehouse.Gateways;

/// <summary>
/// The cards that the sandbox knows: Stripe's documented test cards and tokens (docs.stripe.com/testing). Any other
/// number is refused before anything is kept of it.
/// </summary>
internal static class SandboxCards
{
    private const string TokenPrefix = "tok_";

    private static readonly SandboxCard[] All =
    [
        new("visa", "4242424242424242", "Visa"),
        new("visa_debit", "4000056655665556", "Visa"),
        new("mastercard", "5555555555554444", "MasterCard"),
        new("mastercard_2", "2223003122003222", "MasterCard"),
        new("mastercard_debit", "5200828282828210", "MasterCard"),
        new("mastercard_prepaid", "5105105105105100", "MasterCard"),
        new("amex", "378282246310005", "American Express"),
        new("amex_2", "371449635398431", "American Express"),
        new("discover", "6011111111111117", "Discover"),
        new("discover_2", "6011000990139424", "Discover"),
        new("discover_debit", "6011981111111113", "Discover"),
        new("diners", "3056930009020004", "Diners Club"),
        new("diners_14", "36227206271667", "Diners Club"),
        new("jcb", "3566002020360505", "JCB"),
        new("unionpay", "6200000000000005", "UnionPay"),
        Refused("chargeDeclined", "4000000000000002", "card_declined"),
        Refused("chargeDeclinedInsufficientFunds", "4000000000009995", "insufficient_funds"),
        Refused("chargeDeclinedLostCard", "4000000000009987", "card_declined"),
        Refused("chargeDeclinedStolenCard", "4000000000009979", "card_declined"),
        Refused("chargeDeclinedFraudulent", "4100000000000019", "card_declined"),
        Refused("chargeDeclinedExpiredCard", "4000000000000069", "expired_card"),
        Refused("chargeDeclinedIncorrectCvc", "4000000000000127", "incorrect_cvc"),
        Refused("chargeDeclinedProcessingError", "4000000000000119", "processing_error"),
        Refused("chargeDeclinedVelocityLimitExceeded", "4000000000006975", "card_velocity_exceeded"),
        new("chargeCustomerFail", "4000000000000341", "Visa", AtCharge: "card_declined"),
    ];

    private static readonly Dictionary<string, SandboxCard> ByName =
        All.ToDictionary(card => card.Name, StringComparer.Ordinal);

    private static readonly Dictionary<string, SandboxCard> ByNumber =
        All.ToDictionary(card => card.Number, StringComparer.Ordinal);

    /// <summary>The card of a documented token, with or without its brand; null for any other text.</summary>
    public static SandboxCard? OfToken(string token)
    {
        if (!token.StartsWith(TokenPrefix, StringComparison.Ordinal)) return null;
        var name = token[TokenPrefix.Length..];
        return ByName.GetValueOrDefault(name)
            ?? ByName.GetValueOrDefault(name.Replace("visa_charge", "charge", StringComparison.Ordinal));
    }

    /// <summary>The card of a number; null for a number that is not for testing.</summary>
    public static SandboxCard? OfNumber(string digits) => ByNumber.GetValueOrDefault(digits);

    /// <summary>The card of that name, which is in the table.</summary>
    public static SandboxCard Named(string name) => ByName[name];

    private static SandboxCard Refused(string name, string number, string code) =>
        new(name, number, "Visa", AtOnce: code, AtCharge: code);
}

/// <summary>A test card.</summary>
/// <param name="Name">Its documented token without <c>tok_</c>.</param>
/// <param name="Number">A number that belongs to nobody.</param>
/// <param name="Brand">As the provider spells it.</param>
/// <param name="AtOnce">The code with which storing it is refused; null when it is stored.</param>
/// <param name="AtCharge">The code with which a charge is refused; null when it is paid.</param>
internal sealed record SandboxCard(
    string Name, string Number, string Brand, string? AtOnce = null, string? AtCharge = null)
{
    public string Last4 => Number[^4..];
}
