using System.Text.Json.Serialization;

namespace Gatehouse.Cli.Api;

/// <summary>What the routes of access take; who is removed needs no role.</summary>
internal sealed record CollaboratorRequest(string Email, string? Role = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CollaboratorRequest))]
internal sealed partial class CollaboratorWire : JsonSerializerContext;
