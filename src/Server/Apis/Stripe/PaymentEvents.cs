using Gatehouse.Domain;
using Gatehouse.Features.PaymentEvents;
using Gatehouse.Platform;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gatehouse.Apis.Stripe;

/// <summary>
/// <c>POST /webhooks/stripe</c>: where Stripe says by itself that something happened. The body is read as it came,
/// because its signature covers every byte, and never beyond 256 KiB; nothing of it is logged.
/// </summary>
public static class PaymentEvents
{
    private const string Path = "/webhooks/stripe";

    public static void MapPaymentEvents(this WebApplication app)
    {
        app.UseSurface(Path, (http, fault) => http.Response.WriteAsync(fault.Sentence, http.RequestAborted));
        app.MapPost(Path, Receive).WithTags("Stripe").DisableAntiforgery();
    }

    private static async Task<IResult> Receive(HttpContext http, ReceivePaymentEvent receive, CancellationToken stop)
    {
        if (http.Request.ContentLength > Composition.LargestBody)
            return TypedResults.Text("The event is too large.", statusCode: StatusCodes.Status413PayloadTooLarge);
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, stop);
        var signature = http.Request.Headers["Stripe-Signature"].ToString();
        var outcome = await receive.Run(body.ToArray(), signature, stop);
        return outcome.Match<IResult>(_ => TypedResults.Text("Thank you."), refusal => Refuse(refusal));
    }

    /// <summary>Whatever is not 200, Stripe sends again: for days, with growing pauses.</summary>
    private static ContentHttpResult Refuse(Refusal refusal) => refusal.Reason switch
    {
        Reason.InvalidToken =>
            TypedResults.Text("The signature is not valid.", statusCode: StatusCodes.Status400BadRequest),
        Reason.NotOffered => TypedResults.Text(
            "This server takes no events of Stripe's.", statusCode: StatusCodes.Status503ServiceUnavailable),
        _ => TypedResults.Text("Not now, please.", statusCode: StatusCodes.Status503ServiceUnavailable),
    };
}
