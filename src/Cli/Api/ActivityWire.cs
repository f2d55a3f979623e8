using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gatehouse.Cli.Api;

/// <summary>What a chain of activity proved to be; ours, printed for scripts.</summary>
/// <param name="Entries">How many entries fit.</param>
/// <param name="First">The number of the first one; more than 1 when the file begins in the middle.</param>
/// <param name="Last">The number of the last one.</param>
/// <param name="LastHash">What a later file has to go on from.</param>
internal sealed record VerifiedActivity(int Entries, long First, long Last, string LastHash);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(VerifiedActivity))]
[JsonSerializable(typeof(JsonElement[]))]
internal sealed partial class ActivityWire : JsonSerializerContext;
