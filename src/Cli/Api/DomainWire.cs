using System.Text.Json.Serialization;

namespace Gatehouse.Cli.Api;

/// <summary>What the routes of custom domains take.</summary>
internal sealed record DomainRequest(string Fqdn);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DomainRequest))]
internal sealed partial class DomainWire : JsonSerializerContext;
