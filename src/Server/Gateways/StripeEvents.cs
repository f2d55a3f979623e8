using System.Text;
using System.Text.Json;
using Gatehouse.Platform;
using Stripe;

namespace Gatehouse.Gateways;

/// <summary>
/// Reads what Stripe sends by itself. Only what carries Stripe's signature of the last minutes is read at all, and of
/// it only what it is about.
/// </summary>
internal sealed class StripeEvents(Settings settings, TimeProvider clock)
{
    private const long ToleranceSeconds = 300;
    private const int LongestName = 255;

    /// <summary>The event; null when it is not Stripe's, too old, or no event.</summary>
    public ToldEvent? Read(ReadOnlyMemory<byte> body, string signature)
    {
        if (settings.Payments.Stripe.WebhookSecret is not { } secret) return null;
        try
        {
            var now = clock.GetUtcNow().ToUnixTimeSeconds();
            var text = Encoding.UTF8.GetString(body.Span);
            EventUtility.ValidateSignature(text, signature, secret.Reveal(), ToleranceSeconds, now);
            using var told = JsonDocument.Parse(body);
            return Of(told.RootElement);
        }
        // Whatever the library makes of junk: it is no signature, or no event.
        catch (Exception forged) when (forged is not OutOfMemoryException)
        {
            return null;
        }
    }

    private static ToldEvent? Of(JsonElement told)
    {
        var type = told.GetProperty("type").GetString();
        var about = told.GetProperty("data").GetProperty("object");
        var reference = about.TryGetProperty("id", out var named) ? named.GetString() ?? "" : "";
        return type is not null && reference.Length <= LongestName
            ? new ToldEvent(AboutOf(type), reference)
            : null;
    }

    private static ToldAbout AboutOf(string type) => type switch
    {
        _ when type.StartsWith("payment_intent.", StringComparison.Ordinal) => ToldAbout.Charge,
        _ when type.StartsWith("checkout.session.", StringComparison.Ordinal) => ToldAbout.CardPage,
        _ when type.StartsWith("charge.dispute.", StringComparison.Ordinal) => ToldAbout.Dispute,
        "charge.refund.updated" => ToldAbout.Refund,
        _ when type.StartsWith("refund.", StringComparison.Ordinal) => ToldAbout.Refund,
        _ => ToldAbout.Other,
    };
}
