using System.Text.Json.Serialization;

namespace Gatehouse.Cli.Api;

/// <summary>What the routes of databases take, each its own part.</summary>
internal sealed record DatabaseRequest
{
    public decimal? Size { get; init; }

    public string? Cloud { get; init; }

    public string? Region { get; init; }

    public string? Version { get; init; }

    public string? HighAvailability { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DatabaseRequest))]
internal sealed partial class DatabaseWire : JsonSerializerContext;
