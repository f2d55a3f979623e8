using System.ComponentModel;
using Gatehouse.Domain;

namespace Gatehouse.Platform;

public sealed record PaymentSettings
{
    [Description("`sandbox`: in the box, takes Stripe's documented test tokens and cards, moves no money, needs no "
        + "network. `stripe`: Stripe, with the settings below. Empty: `sandbox`, in Development only.")]
    public string Provider { get; init; } = "";

    public StripeSettings Stripe { get; init; } = new();
}

public sealed record StripeSettings
{
    [Description("Stripe's secret or restricted key, `sk_…` or `rk_…`.")]
    public Secret? SecretKey { get; init; }

    [Description("Stripe's publishable key, `pk_…`: named to whoever wants to make a `stripe_token` at Stripe. Empty: "
        + "cards are entered on Stripe's page alone.")]
    public string PublishableKey { get; init; } = "";

    [Description("The signing secret of the webhook endpoint `PublicUrl/webhooks/stripe`, `whsec_…`.")]
    public Secret? WebhookSecret { get; init; }

    [Description("Another endpoint that speaks as Stripe does. Plain http only on this machine. Empty: Stripe.")]
    public string ApiBase { get; init; } = "";
}
