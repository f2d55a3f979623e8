using Gatehouse.Domain;

namespace Gatehouse.Apis.Temporal;

/// <summary>Payments (README, "Payments"): what the original takes money by, and this server does not.</summary>
internal static class Payments
{
    /// <summary><c>POST /v2/payments/stripe/charge</c>.</summary>
    public static IResult Charge() => Errors.Answer("no payment provider of this server takes this yet");

    /// <summary>Everything that is paid in a crypto currency.</summary>
    public static IResult Crypto() => Errors.Answer(new Refusal(Reason.NotOffered));

    /// <summary><c>GET /v2/payments/status/{number}</c>: there is none with any number.</summary>
    public static IResult Status() => Errors.Answer("failed to search for payment");
}
