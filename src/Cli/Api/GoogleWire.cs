using System.Text.Json.Serialization;

namespace Gatehouse.Cli.Api;

/// <summary><c>POST /api/oauth/google</c>: the page shows the device, and the new key is named after it.</summary>
internal sealed record GoogleRequest(string Device);

/// <summary><c>DELETE /api/oauth/google</c>: what proves that it is the owner who asks.</summary>
internal sealed record GoogleUnlinkRequest(string? CurrentPassword, string? MfaToken);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GoogleRequest))]
[JsonSerializable(typeof(GoogleUnlinkRequest))]
internal sealed partial class GoogleWire : JsonSerializerContext;
