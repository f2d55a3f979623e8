using System.Text.Json.Serialization;

namespace Gatehouse.Cli.Api;

/// <summary><c>DELETE /api/users/destroy</c>: the account's address, to be sure, and the proof of its owner.</summary>
internal sealed record CloseRequest(string Email, string? CurrentPassword, string? MfaToken);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CloseRequest))]
internal sealed partial class ClosingWire : JsonSerializerContext;
