using System.Text.Json.Serialization;

namespace Gatehouse.Cli.Api;

/// <summary><c>POST /api/users/email</c>: the address that the account is to have.</summary>
internal sealed record EmailChangeRequest(string NextEmail, string? CurrentPassword, string? MfaToken);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EmailChangeRequest))]
internal sealed partial class EmailChangeWire : JsonSerializerContext;
