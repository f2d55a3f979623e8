using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Gigalixir;

/// <summary>
/// The error envelope (README, "Errors"): <c>{"errors":{"field":["predicate"],"":["Whole sentence."]}}</c>. A message
/// under a field is a predicate, because clients put the field's name before it.
/// </summary>
internal static class Errors
{
    /// <summary>How this dialect answers a refusal.</summary>
    public static IResult Answer(Refusal refusal) => Answer(refusal, status: null);

    /// <summary>The same, where a route has a status of its own for it.</summary>
    public static IResult Answer(Refusal refusal, int? status)
    {
        var (usual, message) = Say(refusal);
        var field = refusal.Field is { } named && !IsSentence(message) ? NameOf(named) : "";
        return new EnvelopeResult(Envelope(field, message), status ?? usual, refusal.RetryAfter);
    }

    /// <summary>Writes what no endpoint answered.</summary>
    public static Task Write(HttpContext http, Fault fault) =>
        new EnvelopeResult(Envelope("", fault.Sentence), fault.Status, fault.RetryAfter).ExecuteAsync(http);

    private static (int Status, string Message) Say(Refusal refusal) => refusal.Reason switch
    {
        Reason.Required => (422, "is required"),
        Reason.InvalidFormat => (422, HasFormat(refusal.Field) ? "has invalid format" : "is invalid"),
        Reason.TooShort => (422, $"should be at least {refusal.Number} character(s)"),
        Reason.TooLong => (422, $"should be at most {refusal.Number} byte(s)"),
        Reason.TooCommon => (422, "is too common"),
        Reason.SameAsIdentity => (422, "should not be your email or user name"),
        Reason.Taken => (422, "has already been taken"),
        Reason.InvalidToken => (422, "is invalid"),
        Reason.Expired => (422, "has expired"),
        Reason.WrongCredentials => (401, "or password is incorrect."),
        Reason.WrongPassword => (422, "is incorrect"),
        Reason.Mismatch => (422, "does not match"),
        Reason.FactorRequired => (422, "is required"),
        Reason.FactorWrong => (422, "is invalid"),
        Reason.FactorClosed => (429, "Too many codes were tried. Please use a recovery code."),
        Reason.AlreadyActive => (422, "Multi-factor authentication is already activated."),
        Reason.NotActive => (422, "Multi-factor authentication is not activated."),
        Reason.LoginTooOld => (422, "Please log in again to do this"),
        Reason.ScopeMissing => (403, "This API key was not made for that."),
        Reason.LimitReached => (422, $"has reached the limit of {refusal.Number}"),
        Reason.NotConfirmed => (422, "not yet confirmed."),
        Reason.NotLoggedIn => (401, "Unauthorized"),
        Reason.TooManyAttempts => (429, "Too many attempts. Please try again later."),
        Reason.Busy => (503, "The server is busy. Please try again in a moment."),
        Reason.CardRequired => (422, "is required"),
        Reason.NotOffered => (422, "is not offered by this server"),
        Reason.MalformedRequest => (400, "The request body is not valid JSON."),
        Reason.Ambiguous => (422, "One step at a time, please."),
        Reason.OutdatedClient => (426, "This version is too old. Please upgrade: see /docs/cli on this server."),
        Reason.NotFound => (404, "Not found"),
    };

    private static bool HasFormat(Field? field) => field is Field.Email or Field.NextEmail;

    /// <summary>A whole sentence stands under the empty name, a predicate under its field's.</summary>
    private static bool IsSentence(string message) => char.IsUpper(message[0]);

    private static string NameOf(Field field) => field switch
    {
        Field.Email => "email",
        Field.NextEmail => "next_email",
        Field.CurrentPassword => "current_password",
        Field.NewPassword => "new_password",
        Field.MfaToken => "mfa_token",
        Field.SshKey => "ssh_key",
        Field.KeyName => "name",
        Field.Scope => "scopes",
        Field.Expiry => "expires_at",
        Field.Password => "password",
        Field.SignUp => "uuid",
        Field.ConfirmationCode => "confirmation_code",
        Field.Token => "token",
        Field.Tier => "tier",
        Field.PromoCode => "promo_code",
        Field.StripeToken => "stripe_token",
        Field.OAuth => "oauth",
        Field.Explanation => "explanation",
        Field.Device => "device",
    };

    private static ErrorEnvelope Envelope(string field, string message) =>
        new(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [message] });

    /// <summary>An answer in the envelope, with the time to come back where there is one.</summary>
    private sealed class EnvelopeResult(ErrorEnvelope envelope, int status, TimeSpan? retryAfter) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = status;
            if (status == 401) response.Headers.WWWAuthenticate = "Basic realm=\"api\"";
            if (retryAfter is { } wait) response.Headers.RetryAfter = Seconds(wait);
            return response.WriteAsJsonAsync(envelope, Json.Options, httpContext.RequestAborted);
        }

        private static string Seconds(TimeSpan wait) => $"{Math.Max(1, Math.Ceiling(wait.TotalSeconds)):0}";
    }
}

/// <summary>The body of every answer that is not a success.</summary>
/// <param name="Errors">Messages by field; the empty name stands for the whole request.</param>
internal sealed record ErrorEnvelope(IReadOnlyDictionary<string, string[]> Errors);
