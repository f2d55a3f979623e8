using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Gatehouse.Tests.Harness.Stripe;

/// <summary>What Stripe has and does, one request after the other.</summary>
public sealed class StripeBank(Func<DateTimeOffset> now, Func<string> address)
{
    private readonly Lock turn = new();
    private readonly Dictionary<string, JsonObject> all = new(StringComparer.Ordinal);
    private readonly HashSet<string> usedTokens = new(StringComparer.Ordinal);

    /// <summary>What happened, the oldest first.</summary>
    public List<JsonObject> Events { get; } = [];

    /// <summary>All objects of a kind, such as <c>payment_intent</c>, to look at and to tamper with.</summary>
    public List<JsonObject> All(string kind)
    {
        lock (turn) return [.. all.Values.Where(one => (string?)one["object"] == kind)];
    }

    /// <summary>Cents that were taken and not paid back.</summary>
    public long Taken => All("payment_intent").Sum(i => (long)i["amount_received"]!)
        - All("refund").Where(r => (string?)r["status"] != "failed").Sum(r => (long)r["amount"]!);

    internal StripeReply Read(string path, Dictionary<string, string> form)
    {
        lock (turn)
        {
            var words = path.Split('/');
            if (words[0] == "checkout") words = words[1..];
            var kind = words[0] == "sessions" ? "checkout.session" : words[0].TrimEnd('s');
            if (words.Length == 1) return StripeReply.Of(StripeLists.Page(all, kind, form));
            return all.TryGetValue(words[1], out var found) && (string?)found["object"] == kind
                ? StripeReply.Of(StripeLists.Expand(all, found, form))
                : StripeReply.Missing(kind, words[1]);
        }
    }

    internal StripeReply Change(string path, Dictionary<string, string> form)
    {
        lock (turn)
        {
            return path.Split('/') switch
            {
                ["customers"] => StripeReply.Of(Add("cus", "customer", form)),
                ["payment_methods"] => MakeMethod(form),
                ["setup_intents"] => MakeSetup(form),
                ["checkout", "sessions"] => OpenPage(form),
                ["payment_intents"] => MakeIntent(form),
                ["payment_intents", var id, "confirm"] => StripeIntents.Confirm(this, id, form),
                ["payment_intents", var id, "cancel"] => StripeIntents.Cancel(this, id),
                ["refunds"] => MakeRefund(form),
                _ => StripeReply.Refuse(404, "invalid_request_error", null, $"Unrecognized request URL (/v1/{path})"),
            };
        }
    }

    /// <summary>Somebody enters a card on a hosted page; false when it is refused.</summary>
    public bool EnterCard(string page, string token)
    {
        lock (turn)
        {
            if (!all.TryGetValue(page, out var session) || (string?)session["status"] != "open") return false;
            if (MethodOf(token) is not { } method || (string?)method["card"]!["at_once"] is not null) return false;
            var setup = Add("seti", "setup_intent", []);
            (setup["status"], setup["payment_method"]) = ("succeeded", (string?)method["id"]);
            setup["customer"] = session["customer"]!.DeepClone();
            (session["status"], session["setup_intent"]) = ("complete", (string?)setup["id"]);
            Tell("checkout.session.completed", session);
            return true;
        }
    }

    /// <summary>Somebody answers the bank.</summary>
    public void Authenticate(string intent, bool agrees)
    {
        lock (turn) StripeIntents.Finish(this, all[intent], agrees ? null : "payment_intent_authentication_failure");
    }

    /// <summary>A customer tells the bank that a charge was not theirs.</summary>
    public JsonObject Dispute(string intent, string status = "needs_response")
    {
        lock (turn)
        {
            var charged = all[intent];
            var dispute = Add("du", "dispute", []);
            (dispute["amount"], dispute["payment_intent"]) = ((long)charged["amount"]!, intent);
            dispute["currency"] = (string?)charged["currency"];
            (dispute["status"], dispute["reason"]) = (status, "fraudulent");
            Tell("charge.dispute.created", dispute);
            return dispute;
        }
    }

    /// <summary>The bank decides.</summary>
    public void Decide(JsonObject dispute, string status)
    {
        lock (turn)
        {
            dispute["status"] = status;
            Tell("charge.dispute.closed", dispute);
        }
    }

    /// <summary>Something is changed behind everybody's back, or in Stripe's dashboard.</summary>
    public JsonObject Put(string prefix, string kind, Action<JsonObject> fill)
    {
        lock (turn)
        {
            var made = Add(prefix, kind, []);
            fill(made);
            return made;
        }
    }

    /// <summary>Something is gone.</summary>
    public void Remove(string id)
    {
        lock (turn) all.Remove(id);
    }

    internal JsonObject? Find(string id) => all.GetValueOrDefault(id);

    internal JsonObject Add(string prefix, string kind, Dictionary<string, string> form)
    {
        var id = $"{prefix}_{RandomNumberGenerator.GetHexString(24)}";
        var metadata = new JsonObject(form.Where(pair => pair.Key.StartsWith("metadata[", StringComparison.Ordinal))
            .Select(pair => KeyValuePair.Create(pair.Key[9..^1], (JsonNode?)pair.Value)));
        return all[id] = new JsonObject
        {
            ["id"] = id,
            ["object"] = kind,
            ["created"] = now().ToUnixTimeSeconds(),
            ["livemode"] = false,
            ["metadata"] = metadata,
        };
    }

    internal void Tell(string type, JsonObject about) => Events.Add(new JsonObject
    {
        ["id"] = $"evt_{RandomNumberGenerator.GetHexString(24)}",
        ["object"] = "event",
        ["api_version"] = "2026-10-28.endive",
        ["created"] = now().ToUnixTimeSeconds(),
        ["livemode"] = false,
        ["type"] = type,
        ["data"] = new JsonObject { ["object"] = about.DeepClone() },
    });

    internal string Page(string path) => address() + path;

    private JsonObject? MethodOf(string token)
    {
        (string Brand, string Last4, string? AtOnce, string? AtCharge)? known = token switch
        {
            "tok_visa" => ("visa", "4242", null, null),
            "tok_mastercard" => ("mastercard", "4444", null, null),
            "tok_amex" => ("amex", "0005", null, null),
            "tok_chargeDeclined" => ("visa", "0002", "generic_decline", null),
            "tok_chargeCustomerFail" => ("visa", "0341", null, "generic_decline"),
            "tok_insufficientFunds" => ("visa", "9995", null, "insufficient_funds"),
            "tok_authenticationRequired" => ("visa", "3184", null, "authentication_required"),
            "tok_single" => ("visa", "1111", null, null),
            _ => null,
        };
        if (known is not { } card) return null;
        var method = Add("pm", "payment_method", []);
        method["type"] = "card";
        method["card"] = new JsonObject
        {
            ["brand"] = card.Brand,
            ["last4"] = card.Last4,
            ["exp_month"] = 12,
            ["exp_year"] = 2031,
            ["fingerprint"] = $"fp{card.Brand}{card.Last4}",
            ["at_once"] = card.AtOnce,
            ["at_charge"] = card.AtCharge,
        };
        return method;
    }

    private StripeReply MakeMethod(Dictionary<string, string> form)
    {
        var token = form.GetValueOrDefault("card[token]", "");
        if (token == "tok_single" && !usedTokens.Add(token))
        {
            return StripeReply.Refuse(
                400, "invalid_request_error", "token_already_used",
                $"You cannot use a Stripe token more than once: {token}.");
        }

        return MethodOf(token) is { } method
            ? StripeReply.Of(method)
            : StripeReply.Refuse(400, "invalid_request_error", "resource_missing", $"No such token: '{token}'");
    }

    private StripeReply MakeSetup(Dictionary<string, string> form)
    {
        var method = all[form["payment_method"]];
        if ((string?)method["card"]!["at_once"] is { } decline)
            return StripeReply.Refuse(402, "card_error", "card_declined", "Your card was declined.", decline);
        var setup = Add("seti", "setup_intent", form);
        (setup["customer"], setup["payment_method"]) = (form["customer"], form["payment_method"]);
        (setup["status"], setup["usage"]) = ("succeeded", form["usage"]);
        method["customer"] = form["customer"];
        return StripeReply.Of(StripeLists.Expand(all, setup, form));
    }

    private StripeReply OpenPage(Dictionary<string, string> form)
    {
        var session = Add("cs_test", "checkout.session", form);
        (session["customer"], session["mode"], session["status"]) = (form["customer"], form["mode"], "open");
        session["success_url"] = form["success_url"];
        session["url"] = address() + $"/pay/{session["id"]}";
        return StripeReply.Of(session);
    }

    private StripeReply MakeIntent(Dictionary<string, string> form)
    {
        if (!all.ContainsKey(form["customer"])) return Unknown("customer", form["customer"]);
        if (!all.ContainsKey(form["payment_method"])) return Unknown("PaymentMethod", form["payment_method"]);
        var intent = Add("pi", "payment_intent", form);
        (intent["amount"], intent["amount_received"]) = (long.Parse(form["amount"], CultureInfo.InvariantCulture), 0L);
        (intent["currency"], intent["customer"]) = (form["currency"], form["customer"]);
        (intent["payment_method"], intent["status"]) = (form["payment_method"], "requires_confirmation");
        Tell("payment_intent.created", intent);
        return StripeReply.Of(intent);
    }

    private StripeReply MakeRefund(Dictionary<string, string> form)
    {
        if (!all.TryGetValue(form["payment_intent"], out var intent)) return Unknown("intent", form["payment_intent"]);
        const string over = "Refund amount is greater than what is left";
        var amount = long.Parse(form["amount"], CultureInfo.InvariantCulture);
        var before = all.Values.Where(one => (string?)one["object"] == "refund"
            && (string?)one["payment_intent"] == form["payment_intent"]).Sum(one => (long)one["amount"]!);
        if (before + amount > (long)intent["amount_received"]!)
            return StripeReply.Refuse(400, "invalid_request_error", "charge_already_refunded", over);
        var refund = Add("re", "refund", form);
        (refund["payment_intent"], refund["status"]) = (form["payment_intent"], "succeeded");
        (refund["amount"], refund["currency"]) = (amount, "usd");
        Tell("refund.created", refund);
        return StripeReply.Of(refund);
    }

    private static StripeReply Unknown(string kind, string id) =>
        StripeReply.Refuse(400, "invalid_request_error", "resource_missing", $"No such {kind}: '{id}'");
}
