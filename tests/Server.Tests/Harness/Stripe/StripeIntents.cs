using System.Text.Json.Nodes;

namespace Gatehouse.Tests.Harness.Stripe;

/// <summary>The life of a payment intent: its money is taken once.</summary>
internal static class StripeIntents
{
    public static StripeReply Confirm(StripeBank bank, string id, Dictionary<string, string> form)
    {
        if (bank.Find(id) is not { } intent) return StripeReply.Missing("payment_intent", id);
        if ((string?)intent["status"] is not ("requires_confirmation" or "requires_payment_method"))
            return Unexpected(intent);
        var method = bank.Find(form.GetValueOrDefault("payment_method") ?? (string)intent["payment_method"]!)!;
        var isPresent = form.GetValueOrDefault("off_session") != "true";
        switch ((string?)method["card"]!["at_charge"])
        {
            case null:
                Finish(bank, intent, refusal: null);
                return StripeReply.Of(intent);
            case "authentication_required" when isPresent:
                (intent["status"], intent["last_payment_error"]) = ("requires_action", null);
                intent["next_action"] = new JsonObject
                {
                    ["type"] = "redirect_to_url",
                    ["redirect_to_url"] = new JsonObject
                    {
                        ["url"] = bank.Page($"/bank/{id}"),
                        ["return_url"] = form["return_url"],
                    },
                };
                bank.Tell("payment_intent.requires_action", intent);
                return StripeReply.Of(intent);
            case "authentication_required":
                Finish(bank, intent, "authentication_required");
                return StripeReply.Refuse(
                    402, "card_error", "authentication_required", "Your card was declined.",
                    "authentication_required", intent);
            case var decline:
                Finish(bank, intent, "card_declined", decline);
                return StripeReply.Refuse(
                    402, "card_error", "card_declined", "Your card was declined.", decline, intent);
        }
    }

    public static StripeReply Cancel(StripeBank bank, string id)
    {
        if (bank.Find(id) is not { } intent) return StripeReply.Missing("payment_intent", id);
        if ((string?)intent["status"] is "succeeded" or "canceled") return Unexpected(intent);
        intent["status"] = "canceled";
        bank.Tell("payment_intent.canceled", intent);
        return StripeReply.Of(intent);
    }

    public static void Finish(StripeBank bank, JsonObject intent, string? refusal, string? declineCode = null)
    {
        intent["next_action"] = null;
        if (refusal is null)
        {
            (intent["status"], intent["amount_received"]) = ("succeeded", (long)intent["amount"]!);
            intent["last_payment_error"] = null;
            bank.Tell("payment_intent.succeeded", intent);
            return;
        }

        intent["status"] = "requires_payment_method";
        intent["last_payment_error"] = new JsonObject
        {
            ["type"] = "card_error",
            ["code"] = refusal,
            ["decline_code"] = declineCode ?? refusal,
            ["message"] = "Your card was declined.",
        };
        bank.Tell("payment_intent.payment_failed", intent);
    }

    private static StripeReply Unexpected(JsonObject intent) => StripeReply.Refuse(
        400, "invalid_request_error", "payment_intent_unexpected_state",
        $"This PaymentIntent has a status of {intent["status"]}.", intent: intent);
}
