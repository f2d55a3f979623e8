using System.Text.Json.Serialization;

namespace Gatehouse.Cli.Api;

/// <summary>What the routes of apps take, each its own part.</summary>
internal sealed record AppRequest
{
    public string? UniqueName { get; init; }

    public string? Cloud { get; init; }

    public string? Region { get; init; }

    public string? Stack { get; init; }

    public int? Replicas { get; init; }

    public decimal? Size { get; init; }
}

/// <summary>Whether an app shall be in maintenance mode.</summary>
internal sealed record MaintenanceRequest(bool Enable);

/// <summary>An app of the list, as far as it is needed to choose one.</summary>
/// <param name="UniqueName">Its name.</param>
/// <param name="Role">What the account may do with it; <c>OWNER</c> when it is its own.</param>
internal sealed record ListedApp(string UniqueName, string? Role = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AppRequest))]
[JsonSerializable(typeof(MaintenanceRequest))]
[JsonSerializable(typeof(ListedApp[]))]
internal sealed partial class AppWire : JsonSerializerContext;
