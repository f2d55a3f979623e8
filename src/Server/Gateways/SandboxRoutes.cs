using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Gatehouse.Platform;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gatehouse.Gateways;

/// <summary>
/// <c>POST /v1/tokens</c> of the sandbox, in the shape of Stripe's (docs.stripe.com/api/tokens): form fields or JSON,
/// any key or none. It is there only where the sandbox is the provider.
/// </summary>
public static class SandboxRoutes
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    private const string TooMany = "Too many cards from this address. Please wait and try again.";

    public static void MapSandbox(this WebApplication app)
    {
        if (app.Services.GetRequiredService<PaymentProvider>() is not SandboxProvider)
        {
            app.MapPost("/v1/tokens", IResult (Settings settings) => TakeNone(settings))
                .WithTags("Sandbox").DisableAntiforgery();
            return;
        }

        app.MapPost("/v1/tokens", MakeToken).WithTags("Sandbox").Produces<TokenReply>().DisableAntiforgery();
    }

    /// <summary>With a real provider no number of a card is for us; what was sent is not even read.</summary>
    private static JsonHttpResult<StripeErrorReply> TakeNone(Settings settings)
    {
        var token = settings.Payments.Stripe.PublishableKey is { Length: > 0 } key
            ? $", or make a token at Stripe with the key {key}"
            : "";
        return Refuse(
            new StripeError(
                "not_found",
                $"This server takes no card numbers. Enter the card on the page of the payment provider's{token}.",
                null,
                "invalid_request_error"),
            StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> MakeToken(
        HttpContext http, SandboxDesk desk, RateLimits limits, Settings settings, CancellationToken stop)
    {
        var most = settings.Limits.SandboxCardsPerAddress;
        var cards = new Limit("sandbox-cards", http.Visitor().Host, most, TimeSpan.FromHours(1));
        if ((await limits.Take([cards], stop)).Refusal is { RetryAfter: { } wait })
        {
            http.Response.Headers.RetryAfter = $"{Math.Ceiling(wait.TotalSeconds):0}";
            return Refuse(new StripeError("rate_limit", TooMany, null, "invalid_request_error"), 429);
        }

        if (await Read(http.Request, stop) is not { } entered)
        {
            const string Missing = "You must supply either a card, customer, PII data, bank account, or account to "
                + "create a token.";
            return Refuse(new StripeError("parameter_missing", Missing, "card", "invalid_request_error"), 400);
        }

        var answer = await desk.MakeToken(entered, stop);
        return answer.Value is { } made
            ? TypedResults.Json(TokenReply.Of(made), Options)
            : Refuse(StripeError.Of(answer.Decline!), StatusCodes.Status402PaymentRequired);
    }

    private static async Task<EnteredCard?> Read(HttpRequest request, CancellationToken stop)
    {
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync(stop);
            return Card(name => form[$"card[{name}]"].ToString());
        }

        try
        {
            var body = await JsonNode.ParseAsync(request.Body, cancellationToken: stop);
            return body is JsonObject all && all["card"] is JsonObject card
                ? Card(name => card[name]?.ToString() ?? "")
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static EnteredCard? Card(Func<string, string> field) => field("number") is { Length: > 0 } number
        ? new EnteredCard(number, field("exp_month"), field("exp_year"), field("cvc"))
        : null;

    private static JsonHttpResult<StripeErrorReply> Refuse(StripeError error, int status) =>
        TypedResults.Json(new StripeErrorReply(error), Options, statusCode: status);

    /// <summary>Stripe's token object, of which clients read the id.</summary>
    private sealed record TokenReply(
        string Id,
        string Object,
        CardReply Card,
        string? ClientIp,
        long Created,
        bool Livemode,
        string Type,
        bool Used)
    {
        public static TokenReply Of(TokenMade made) => new(
            made.Id,
            "token",
            new CardReply(
                $"card_{made.Id[4..]}", "card", made.Brand, made.ExpiryMonth, made.ExpiryYear, "credit", made.Last4),
            ClientIp: null,
            made.CreatedUnixSeconds,
            Livemode: false,
            "card",
            Used: false);
    }

    private sealed record CardReply(
        string Id,
        string Object,
        string Brand,
        int ExpMonth,
        int ExpYear,
        string Funding,
        [property: JsonPropertyName("last4")] string Last4);

    private sealed record StripeErrorReply(StripeError Error);

    private sealed record StripeError(string Code, string Message, string? Param, string Type)
    {
        public static StripeError Of(Decline decline) => new(
            decline.Code,
            decline.Sentence,
            decline.Code switch
            {
                "incorrect_number" => "number",
                "invalid_expiry_month" => "exp_month",
                "invalid_expiry_year" => "exp_year",
                "invalid_cvc" => "cvc",
                _ => null,
            },
            "card_error");
    }
}
