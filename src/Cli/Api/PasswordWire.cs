using System.Text.Json.Serialization;

namespace Gatehouse.Cli.Api;

/// <summary>What the four routes of passwords take, each its own part.</summary>
internal sealed record PasswordRequest
{
    /// <summary>Who wants a mail with a token.</summary>
    public string? Email { get; init; }

    /// <summary>The token of that mail.</summary>
    public string? Token { get; init; }

    /// <summary>The new password, beside a token.</summary>
    public string? Password { get; init; }

    /// <summary>The new password, beside the current one.</summary>
    public string? NewPassword { get; init; }

    public string? CurrentPassword { get; init; }

    public string? MfaToken { get; init; }

    /// <summary>Whether a change ends the API keys as well.</summary>
    public bool? RevokeApiKeys { get; init; }

    /// <summary>Whether a reset by mail leaves the API keys alone.</summary>
    public bool? KeepApiKeys { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PasswordRequest))]
internal sealed partial class PasswordWire : JsonSerializerContext;
