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
        var field = refusal.Field is { } named && IsPredicate(refusal) ? NameOf(named) : "";
        var limit = refusal.Limit is { } inTheWay ? LimitReply.Of(inTheWay) : null;
        var envelope = Envelope(field, message) with { Limit = limit, ConfirmUrl = refusal.Link };
        return new EnvelopeResult(envelope, status ?? usual, refusal.RetryAfter);
    }

    /// <summary>A log-in without the code of the second factor; a client that cannot ask for it shows this.</summary>
    public static IResult AskForFactor(Refusal refusal)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            [NameOf(Field.MfaToken)] = [Say(refusal).Message],
            [""] = ["The second factor needs version 1.2 of the command line or a newer one."],
        };
        return new EnvelopeResult(new ErrorEnvelope(errors), StatusCodes.Status303SeeOther, refusal.RetryAfter);
    }

    /// <summary>A route of the wire that is not a matter of accounts.</summary>
    public static IResult NotBuilt { get; } = Sentence(
        "This server keeps accounts, apps and databases. What runs inside an app (releases, logs, shells) is the "
        + "platform's own work and not answered here.",
        StatusCodes.Status501NotImplemented);

    /// <summary>A whole sentence that only one route says.</summary>
    public static IResult Sentence(string text, int status) =>
        new EnvelopeResult(Envelope("", text), status, retryAfter: null);

    /// <summary>Writes what no endpoint answered.</summary>
    public static Task Write(HttpContext http, Fault fault) =>
        new EnvelopeResult(Envelope("", fault.Sentence), fault.Status, fault.RetryAfter).ExecuteAsync(http);

    private static (int Status, string Message) Say(Refusal refusal) => refusal.Reason switch
    {
        Reason.Required => (422, "is required"),
        Reason.InvalidFormat when refusal.Field is Field.Email or Field.NextEmail => (422, "has invalid format"),
        Reason.InvalidFormat or Reason.InvalidToken => (422, "is invalid"),
        Reason.TooShort => (422, $"should be at least {refusal.Number} character(s)"),
        Reason.TooLong => (422, $"should be at most {refusal.Number} byte(s)"),
        Reason.TooCommon => (422, "is too common"),
        Reason.SameAsIdentity => (422, "should not be your email or user name"),
        Reason.Taken => (422, "has already been taken"),
        Reason.Expired => (422, "has expired"),
        Reason.WrongCredentials => (401, "or password is incorrect."),
        Reason.WrongPassword => (422, "is incorrect"),
        Reason.Mismatch => (422, "does not match"),
        Reason.FactorRequired => (422, "is required"),
        Reason.FactorWrong => (422, "is invalid"),
        Reason.FactorClosed => (429, "Too many codes were tried. Please use a recovery code."),
        Reason.PasswordClosed => (429, "Too many wrong passwords were tried. Please reset your password."),
        Reason.AlreadyActive => (422, "Multi-factor authentication is already activated."),
        Reason.NotActive => (422, "Multi-factor authentication is not activated."),
        Reason.LoginTooOld => (422, "please log in again to do this"),
        Reason.ScopeMissing => (403, "This API key was not made for that."),
        Reason.LimitReached => (422, $"has reached the limit of {refusal.Number}"),
        Reason.NotConfirmed => (422, "not yet confirmed."),
        Reason.NotLoggedIn or Reason.TokenRevoked or Reason.AccountDisabled => (401, "Unauthorized"),
        Reason.TokenMalformed or Reason.TokenAlgorithm or Reason.TokenSignature => (401, "Unauthorized"),
        Reason.AlreadyUpgraded => (422, "The account is in this tier already."),
        Reason.TooManyAttempts => (429, "Too many attempts. Please try again later."),
        Reason.Busy => (503, "The server is busy. Please try again in a moment."),
        Reason.CardRequired when refusal.Field is Field.StripeToken => (422, "is required"),
        Reason.CardRequired => (422, "Please set a payment method first."),
        Reason.CardDeclined => (422, refusal.Text ?? "Your card was declined."),
        Reason.PaymentPending => (503, "The payment provider did not answer. "
            + (refusal.Text ?? "It will be settled by itself shortly.")),
        Reason.PaymentToConfirm => (402, $"Your bank asks you to confirm this payment: {refusal.Link}"),
        Reason.InsufficientCredits => (422, "There are not enough credits."),
        Reason.TierLimit => (422, LimitText.Sentence(refusal.Limit!)),
        Reason.NotInTier => (422, refusal.Text ?? "This tier has no such thing."),
        Reason.RoleMissing => (403, "Your role in this app does not allow that."),
        Reason.Suspended => (403, "This account is suspended."),
        Reason.SpendCapReached => (422, refusal.Text ?? "Your spend cap does not allow that."),
        Reason.AppsLeft => (422, "You must first destroy all your apps"),
        Reason.OutOfRange => (422, refusal.Text ?? "is out of range"),
        Reason.RequestKeyReused => (422, "This idempotency key was used for another request."),
        Reason.ProviderUnavailable => (503, "Google did not answer. Nothing was changed. Please try again later."),
        Reason.ProviderDenied => (422, "access denied"),
        Reason.IdentityRefused => (422, "The answer of Google could not be verified. Nothing was changed."),
        Reason.ClocksDiffer => (503, "The clocks of Google and of this server differ. Nothing was changed."),
        Reason.AddressNotProven => (422, "Google has not verified this address."),
        Reason.AlreadyLinked => (422, "It is linked to another account already."),
        Reason.NotFinished => (422, "It was not finished. The page in your browser says why."),
        Reason.LastWayIn => (422, "Please set a password first: this is the only way into the account."),
        Reason.NotOffered when refusal.Field is Field.OAuth => (422, "This server has no Google login."),
        Reason.NotOffered => (422, refusal.Text ?? "is not offered by this server"),
        Reason.NotAvailable => (422, refusal.Text ?? "It cannot be used now."),
        Reason.MalformedRequest => (400, "The request body is not valid JSON."),
        Reason.Ambiguous => (422, "One step at a time, please."),
        Reason.NotFound when refusal.Field is Field.AppName => (404, "App not found"),
        Reason.NotFound => (404, "Not found"),
    };

    /// <summary>What is said of a field stands under its name; everything else is a sentence by itself.</summary>
    private static bool IsPredicate(Refusal refusal) => refusal.Reason switch
    {
        Reason.Required or Reason.InvalidFormat or Reason.TooShort or Reason.TooLong or Reason.TooCommon => true,
        Reason.SameAsIdentity or Reason.Taken or Reason.InvalidToken or Reason.Expired or Reason.OutOfRange => true,
        Reason.WrongCredentials or Reason.WrongPassword or Reason.Mismatch or Reason.NotConfirmed => true,
        Reason.FactorRequired or Reason.FactorWrong or Reason.LimitReached => true,
        Reason.CardRequired or Reason.CardDeclined => true,
        Reason.NotOffered => refusal.Field != Field.OAuth,
        _ => false,
    };

    private static string NameOf(Field field) => field switch
    {
        Field.Email => "email",
        Field.UserName => "user_name",
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
        Field.AppName => "unique_name",
        Field.Cloud => "cloud",
        Field.Region => "region",
        Field.Stack => "stack",
        Field.Replicas => "replicas",
        Field.Size => "size",
        Field.DatabaseVersion => "version",
        Field.HighAvailability => "high_availability",
        Field.Fqdn => "fqdn",
        Field.Role => "role",
        Field.Configs => "configs",
        Field.Amount => "amount",
        Field.CapAction => "at_cap",
        Field.OAuth => "oauth",
        Field.Explanation => "explanation",
        Field.Device => "device",
        Field.Enable => "enable",
        Field.Source => "from",
        Field.Url => "url",
        Field.EventType => "events",
        Field.ServiceKeyName => "name",
        Field.Report => "report",
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
/// <param name="Limit">The limit that stood in the way; missing for other refusals.</param>
/// <param name="ConfirmUrl">Where a bank wants to hear from its customer; missing for other refusals.</param>
internal sealed record ErrorEnvelope(
    IReadOnlyDictionary<string, string[]> Errors, LimitReply? Limit = null, string? ConfirmUrl = null);
