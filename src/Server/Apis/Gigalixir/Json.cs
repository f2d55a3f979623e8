using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gatehouse.Domain;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>How this dialect reads and writes JSON (README, "Bodies").</summary>
internal static class Json
{
    /// <summary>Snake case; strict types; a name that stands twice is an error, not a riddle.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        AllowDuplicateProperties = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 16,
    };

    /// <summary>
    /// Reads a body, whatever its content type says: clients send JSON under any name, and a JSON content type with
    /// nothing behind it. Nothing counts as an empty object. Refuses with <see cref="Reason.MalformedRequest"/>, or
    /// with <see cref="Reason.InvalidFormat"/> of the field whose type is wrong.
    /// </summary>
    private static async Task<Outcome<T>> Read<T>(HttpContext http)
        where T : new()
    {
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        var bytes = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
        if (bytes.Trim(" \t\r\n"u8).IsEmpty) return new T();
        try
        {
            return JsonSerializer.Deserialize<T>(bytes, Options) is { } body ? body : Reason.MalformedRequest;
        }
        catch (JsonException wrong)
        {
            return FieldOf(wrong.Path) is { } field
                ? new Refusal(Reason.InvalidFormat, field)
                : Reason.MalformedRequest;
        }
    }

    /// <summary>Reads a body and goes on with it, or answers what was wrong with it.</summary>
    public static async Task<IResult> Reading<T>(HttpContext http, Func<T, Task<IResult>> endpoint)
        where T : new() =>
        (await Read<T>(http)).Is(out var body, out var refusal) ? await endpoint(body) : Errors.Answer(refusal);

    /// <summary>Turns the outcome of an operation into an answer.</summary>
    public static async Task<IResult> Answer<T>(
        this Task<Outcome<T>> outcome, Func<T, IResult> done, Func<Refusal, IResult>? refused = null) =>
        (await outcome).Match(done, refused ?? Errors.Answer);

    /// <summary>A success: <c>{"data": …}</c>.</summary>
    public static IResult Data<T>(T value, int status = StatusCodes.Status200OK) =>
        TypedResults.Json(new DataEnvelope<T>(value), Options, statusCode: status);

    /// <summary>A success of which clients read nothing but the status.</summary>
    public static IResult Nothing<T>(T _) => Data(new { });

    private static Field? FieldOf(string? path) => path switch
    {
        "$.email" => Field.Email,
        "$.password" => Field.Password,
        "$.next_email" => Field.NextEmail,
        "$.current_password" => Field.CurrentPassword,
        "$.new_password" => Field.NewPassword,
        "$.mfa_token" => Field.MfaToken,
        "$.ssh_key" => Field.SshKey,
        "$.name" => Field.KeyName,
        "$.scopes" => Field.Scope,
        "$.expires_at" => Field.Expiry,
        "$.uuid" => Field.SignUp,
        "$.confirmation_code" or "$.code" => Field.ConfirmationCode,
        "$.token" => Field.Token,
        "$.tier" => Field.Tier,
        "$.promo_code" => Field.PromoCode,
        "$.stripe_token" => Field.StripeToken,
        "$.unique_name" => Field.AppName,
        "$.cloud" => Field.Cloud,
        "$.region" => Field.Region,
        "$.stack" => Field.Stack,
        "$.replicas" => Field.Replicas,
        "$.size" => Field.Size,
        "$.version" => Field.DatabaseVersion,
        "$.high_availability" => Field.HighAvailability,
        "$.fqdn" => Field.Fqdn,
        "$.role" => Field.Role,
        { } inside when inside.StartsWith("$.configs.", StringComparison.Ordinal) => Field.Configs,
        "$.configs" or "$.key" => Field.Configs,
        "$.amount" => Field.Amount,
        "$.at_cap" => Field.CapAction,
        "$.oauth" => Field.OAuth,
        "$.explanation" => Field.Explanation,
        "$.device" => Field.Device,
        "$.enable" => Field.Enable,
        "$.from" => Field.Source,
        _ => null,
    };
}

/// <summary>The body of every success.</summary>
internal sealed record DataEnvelope<T>(T Data);
