using System.Net;
using Stripe;

namespace Gatehouse.Gateways;

/// <summary>How a request to Stripe failed (docs.stripe.com/api/errors).</summary>
/// <param name="State">What may be concluded from it.</param>
/// <param name="Decline">Why, where Stripe understood and said no.</param>
internal sealed record StripeFailure(AnswerState State, Decline? Decline = null)
{
    private const string Replayed = "Idempotent-Replayed";

    /// <summary>No answer came.</summary>
    public static StripeFailure Silence { get; } = new(AnswerState.Unknown);

    /// <summary>Whether it is an earlier fault of Stripe's, which the key brings back for ever.</summary>
    public bool IsStale { get; private init; }

    /// <summary>Reads Stripe's answer.</summary>
    public static StripeFailure Of(StripeException refusal)
    {
        var (status, error) = ((int)refusal.HttpStatusCode, refusal.StripeError);
        if (error is null || status >= 500)
            return Silence with { IsStale = status >= 500 && IsReplay(refusal) };
        if (refusal.HttpStatusCode is HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests
            or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden || error.Type == "idempotency_error")
            return Silence;
        var decline = DeclineOf(error);
        return refusal.HttpStatusCode == HttpStatusCode.NotFound
            ? new StripeFailure(AnswerState.Missing, decline)
            : new StripeFailure(AnswerState.Declined, decline);
    }

    /// <summary>The same as an answer; what is not there cannot be used.</summary>
    public Answered<T> Answer<T>() => new(State, Decline: Decline);

    /// <summary>
    /// The reason of a card that was refused. Which list of stolen cards it stands on is not for whoever tries it.
    /// </summary>
    public static Decline DeclineOf(StripeError? error)
    {
        var code = error?.DeclineCode == "insufficient_funds" ? error.DeclineCode : error?.Code ?? "card_declined";
        return error?.Type == "invalid_request_error" ? new Decline(code, error.Message) : Declines.Of(code);
    }

    private static bool IsReplay(StripeException refusal) =>
        refusal.StripeResponse?.Headers is { } headers
        && headers.TryGetValues(Replayed, out var values)
        && values.Contains("true", StringComparer.OrdinalIgnoreCase);
}
