using System.Text.Json.Serialization;

namespace Gatehouse.Cli.Api;

/// <summary>
/// What the routes of cards and upgrades take. The password is empty where none is known yet: the server then says
/// whether it wants one.
/// </summary>
internal sealed record CardRequest(string? StripeToken, string CurrentPassword, string? MfaToken)
{
    public string? PromoCode { get; init; }
}

/// <summary>What <c>POST /api/credits</c> takes: dollars as text, because money is no floating-point number.</summary>
internal sealed record CreditsRequest(string Amount);

/// <summary>What <c>POST /v1/tokens</c> of a sandbox takes.</summary>
internal sealed record TokenRequest(TokenCard Card);

/// <summary>A test card.</summary>
internal sealed record TokenCard(string Number, string ExpMonth, string ExpYear, string Cvc);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CardRequest))]
[JsonSerializable(typeof(CreditsRequest))]
[JsonSerializable(typeof(TokenRequest))]
internal sealed partial class PaymentWire : JsonSerializerContext;
