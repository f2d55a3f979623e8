using System.Text.Json.Serialization;

namespace Gatehouse.Cli.Api;

/// <summary>What the routes of variables take: some to set, or the name of one to take away.</summary>
internal sealed record ConfigRequest(
    Dictionary<string, string>? Configs = null, bool? AvoidRestart = null, string? Key = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConfigRequest))]
internal sealed partial class ConfigWire : JsonSerializerContext;
