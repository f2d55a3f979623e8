using System.Text.Json.Serialization;

namespace Gatehouse.Cli.Api;

/// <summary>
/// <c>POST /api/login</c>: the token is left out unless a factor is on, the new key is named after the device.
/// </summary>
internal sealed record LogInRequest(string Email, string Password, string? MfaToken, string Device);

/// <summary>The reply to a log-in: a key of its own for this machine.</summary>
internal sealed record LogInReply(string Email, string Key)
{
    /// <summary>How many recovery codes are left; null where no second factor is on.</summary>
    public int? RecoveryCodesLeft { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LogInRequest))]
[JsonSerializable(typeof(LogInReply))]
internal sealed partial class LogInWire : JsonSerializerContext;
