using System.Text.Json.Serialization;

namespace Gatehouse.Cli.Api;

/// <summary><c>PUT /api/users/reconfirm_email</c>: the address that waits for its mail.</summary>
internal sealed record ResendRequest(string Email);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ResendRequest))]
internal sealed partial class ConfirmationWire : JsonSerializerContext;
