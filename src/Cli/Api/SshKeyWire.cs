using System.Text.Json.Serialization;

namespace Gatehouse.Cli.Api;

/// <summary>What the routes of SSH keys take: the key to add, or the id of the one to remove, as text.</summary>
internal sealed record SshKeyRequest(string? SshKey = null, string? Id = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SshKeyRequest))]
internal sealed partial class SshKeyWire : JsonSerializerContext;
