using System.Text.Json.Serialization;

namespace Gatehouse.Cli.Api;

/// <summary>
/// What <c>PUT /api/spend_cap</c> takes: dollars as text, because money is no floating-point number; null for no cap.
/// </summary>
internal sealed record SpendCapRequest(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Amount, string? AtCap);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SpendCapRequest))]
internal sealed partial class SpendCapWire : JsonSerializerContext;
