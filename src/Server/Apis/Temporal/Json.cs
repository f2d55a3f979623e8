using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gatehouse.Domain;

namespace Gatehouse.Apis.Temporal;

/// <summary>How this dialect writes JSON (README, "Replies"): names as they are declared, nulls said.</summary>
internal static class Json
{
    public static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Turns the outcome of an operation into an answer.</summary>
    public static async Task<IResult> Answer<T>(
        this Task<Outcome<T>> outcome, Func<T, IResult> done, Func<Refusal, IResult>? refused = null) =>
        (await outcome).Match(done, refused ?? Errors.Answer);

    /// <summary>A success: <c>{"code":200,"response":…}</c>.</summary>
    public static IResult Success<T>(T response) => Whole(new Success<T>(StatusCodes.Status200OK, response));

    /// <summary>A success that has no envelope.</summary>
    public static IResult Whole<T>(T reply) => TypedResults.Json(reply, Options);
}

/// <summary>The body of every success, logging in aside.</summary>
internal sealed record Success<T>(
    [property: JsonPropertyName("code")] int Code, [property: JsonPropertyName("response")] T Response);
