using System.Text.Json.Serialization;

namespace Gatehouse.Cli.Api;

/// <summary>What the routes of the second factor take: the first code, or nothing.</summary>
internal sealed record SecondFactorRequest(string? MfaToken = null);

/// <summary>A factor that waits for its first code.</summary>
/// <param name="Url">The <c>otpauth:</c> address that apps read from a QR code.</param>
/// <param name="Message">For people.</param>
internal sealed record SecondFactorReply(string Url, string? Message = null);

/// <summary>Recovery codes, told this once.</summary>
internal sealed record RecoveryCodesReply(string[] RecoveryCodes, string? Message = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SecondFactorRequest))]
[JsonSerializable(typeof(SecondFactorReply))]
[JsonSerializable(typeof(RecoveryCodesReply))]
internal sealed partial class SecondFactorWire : JsonSerializerContext;
