using System.Text.Json.Serialization;

namespace Gatehouse.Cli.Api;

/// <summary>
/// What the routes of variables take: some to set, the name of one to take away, or the app to copy from.
/// </summary>
internal sealed record ConfigRequest(
    Dictionary<string, string>? Configs = null, bool? AvoidRestart = null, string? Key = null, string? From = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConfigRequest))]
internal sealed partial class ConfigWire : JsonSerializerContext;
