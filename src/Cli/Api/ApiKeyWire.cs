using System.Text.Json.Serialization;

namespace Gatehouse.Cli.Api;

/// <summary>What the routes of API keys take, each its own part.</summary>
internal sealed record ApiKeyRequest
{
    public string? Name { get; init; }

    /// <summary>What the key may be used for; missing for everything.</summary>
    public string[]? Scopes { get; init; }

    /// <summary>ISO 8601, UTC; missing for never.</summary>
    public string? ExpiresAt { get; init; }

    public string? CurrentPassword { get; init; }

    public string? MfaToken { get; init; }
}

/// <summary>The reply to a reset: the one key that there is now.</summary>
internal sealed record ApiKeyReply(string Key);

/// <summary>A key of the list.</summary>
/// <param name="Name">Unique within the account.</param>
/// <param name="Current">Whether it is the one that asked for the list.</param>
internal sealed record ListedApiKey(string Name, bool Current = false);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApiKeyRequest))]
[JsonSerializable(typeof(ApiKeyReply))]
[JsonSerializable(typeof(ListedApiKey[]))]
internal sealed partial class ApiKeyWire : JsonSerializerContext;
