using System.Text.Json.Serialization;
using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.Apis.Temporal;

/// <summary>
/// The two error envelopes (README, "Errors"): handlers say <c>response</c>, whatever has to do with logging in and
/// with tokens says <c>message</c>. Nearly everything is 400, because clients of this dialect expect it.
/// </summary>
internal static class Errors
{
    /// <summary>What is not there, whether by path or by method.</summary>
    private const string NothingHere = "404 page not found";

    /// <summary>How a handler answers a refusal.</summary>
    public static IResult Answer(Refusal refusal) => Answer(refusal, Say(refusal).Text);

    /// <summary>The same with the words of its route, and behind them what to do about it.</summary>
    public static IResult Answer(Refusal refusal, string text)
    {
        var status = Say(refusal).Status;
        return new EnvelopeResult(new HandlerError(status, text), status, refusal.RetryAfter);
    }

    /// <summary>A handler's refusal that only this dialect knows.</summary>
    public static IResult Answer(string text, int status = StatusCodes.Status400BadRequest) =>
        new EnvelopeResult(new HandlerError(status, text), status);

    /// <summary>The words of a route, a colon, and what is wrong in detail.</summary>
    public static IResult Explain(Refusal refusal, string text) => Answer(refusal, $"{text}: {Say(refusal).Text}");

    /// <summary>How logging in and the check of tokens answer a refusal.</summary>
    public static IResult Gate(Refusal refusal)
    {
        var (status, text) = Say(refusal);
        return new EnvelopeResult(new GateError(status, text), status, refusal.RetryAfter);
    }

    /// <summary>A refusal at the gate that only this dialect knows.</summary>
    public static IResult Gate(int status, string text) => new EnvelopeResult(new GateError(status, text), status);

    /// <summary>Writes what no endpoint answered. A wrong method is a path that is not there.</summary>
    public static Task Write(HttpContext http, Fault fault)
    {
        var isNothing = fault.Status is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed;
        http.Response.Headers.Remove("Allow");
        var (status, text) = isNothing ? (StatusCodes.Status404NotFound, NothingHere) : (fault.Status, fault.Sentence);
        return new EnvelopeResult(new HandlerError(status, text), status, fault.RetryAfter).ExecuteAsync(http);
    }

    private static (int Status, string Text) Say(Refusal refusal) => refusal.Reason switch
    {
        Reason.Required => (400, $"{NameOf(refusal)} not present"),
        Reason.InvalidFormat => (400, $"{NameOf(refusal)} has invalid format"),
        Reason.TooShort => (400, $"{NameOf(refusal)} should be at least {refusal.Number} character(s)"),
        Reason.TooLong => (400, $"{NameOf(refusal)} should be at most {refusal.Number} byte(s)"),
        Reason.TooCommon => (400, $"{NameOf(refusal)} is too common"),
        Reason.SameAsIdentity => (400, $"{NameOf(refusal)} should not be your email address or username"),
        Reason.Taken when refusal.Field == Field.Email => (400, "email address already taken"),
        Reason.Taken => (400, $"{NameOf(refusal)} is already taken"),
        Reason.InvalidToken => (400, "failed to validate email verification token"),
        Reason.Expired => (401, "Token is expired"),
        Reason.WrongCredentials => (401, "Incorrect Username / Password"),
        Reason.WrongPassword => (400, "failed to change password"),
        Reason.Mismatch => (400, "username from claim does not match expected user"),
        Reason.FactorRequired => (401, "a second factor is on: send its code, or a recovery code, as mfa_token"),
        Reason.FactorWrong => (401, "the code in mfa_token is wrong, was used, or is too old"),
        Reason.PasswordClosed => (429, "too many wrong passwords were tried: please reset your password"),
        Reason.FactorClosed => (429, "too many codes were tried: send a recovery code as mfa_token"),
        Reason.AlreadyActive => (400, "the second factor is on already"),
        Reason.NotActive => (400, "the second factor is not on"),
        Reason.LoginTooOld => (401, "please log in again to do this"),
        Reason.ScopeMissing or Reason.AccountDisabled or Reason.RoleMissing or Reason.Suspended =>
            (403, "You don't have permission to access."),
        Reason.LimitReached => (400, $"{NameOf(refusal)} has reached the limit of {refusal.Number}"),
        Reason.NotConfirmed => (400, "unverified account upgrade process must be done via email verification"),
        Reason.NotLoggedIn => (401, "auth header empty"),
        Reason.TokenMalformed => (401, "illegal base64 data or JSON in token"),
        Reason.TokenAlgorithm => (401, "invalid signing algorithm"),
        Reason.TokenSignature => (401, "signature is invalid"),
        Reason.TokenRevoked => (401, "token has been revoked"),
        Reason.AlreadyUpgraded => (400, "user account is already upgrade"),
        Reason.TooManyAttempts => (429, "Limit exceeded"),
        Reason.Busy => (429, "the server is busy, please try again in a moment"),
        Reason.CardRequired => (400, "add credits or a payment method first"),
        Reason.CardDeclined => (400, refusal.Text ?? "your card was declined"),
        Reason.PaymentPending => (429, refusal.Text
            ?? "the payment provider did not answer, it will be settled by itself"),
        Reason.PaymentToConfirm => (400, $"your bank asks you to confirm this payment: {refusal.Link}"),
        Reason.InsufficientCredits => (400, "user does not have enough credits to pay for api call"),
        Reason.TierLimit => (400, LimitText.Sentence(refusal.Limit!)),
        Reason.NotInTier => (400, refusal.Text ?? "not in this tier"),
        Reason.SpendCapReached => (400, "the spend cap does not allow that"),
        Reason.AppsLeft => (400, "you must first destroy all your apps"),
        Reason.OutOfRange => (400, $"{NameOf(refusal)} {refusal.Text ?? "is out of range"}"),
        Reason.RequestKeyReused => (400, "this idempotency key was used for another request"),
        Reason.ProviderUnavailable => (429, "the identity provider did not answer"),
        Reason.ProviderDenied => (400, "the identity provider said no"),
        Reason.IdentityRefused => (400, "the identity could not be verified"),
        Reason.ClocksDiffer => (429, "the clocks of the identity provider and of this server differ"),
        Reason.AddressNotProven => (400, "the identity provider has not verified this address"),
        Reason.AlreadyLinked => (400, "it is linked to another account already"),
        Reason.NotFinished => (400, "it was not finished in the browser"),
        Reason.LastWayIn => (400, "this is the only way into the account"),
        Reason.NotOffered => (501, "payment type not supported"),
        Reason.NotAvailable => (400, "it cannot be used now"),
        Reason.MalformedRequest => (400, "the request body cannot be read"),
        Reason.Ambiguous => (400, "the request has one field twice"),
        Reason.NotFound => (400, "unable to find username"),
    };

    private static string NameOf(Refusal refusal) => refusal.Field is { } field ? NameOf(field) : "request";

    private static string NameOf(Field field) => field switch
    {
        Field.Email => "email_address",
        Field.UserName => "username",
        Field.NextEmail => "email_address",
        Field.Password => "password",
        Field.CurrentPassword => "old_password",
        Field.NewPassword => "new_password",
        Field.MfaToken => "mfa_token",
        Field.SshKey => "ssh_key",
        Field.KeyName => "name",
        Field.Scope => "scopes",
        Field.Expiry => "expires_at",
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
        Field.Amount => "credit_amount",
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

    /// <summary>An answer in either envelope, with the time to come back where there is one.</summary>
    private sealed class EnvelopeResult(object envelope, int status, TimeSpan? retryAfter = null) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = status;
            if (envelope is GateError) response.Headers.WWWAuthenticate = $"JWT realm={Realm(httpContext)}";
            if (retryAfter is { } wait) response.Headers.RetryAfter = Seconds(wait);
            return response.WriteAsJsonAsync(envelope, envelope.GetType(), Json.Options, httpContext.RequestAborted);
        }

        private static string Seconds(TimeSpan wait) => $"{Math.Max(1, Math.Ceiling(wait.TotalSeconds)):0}";

        /// <summary>One word without quotes, as the original has it.</summary>
        private static string Realm(HttpContext http)
        {
            var brand = http.RequestServices.GetRequiredService<Settings>().Brand.Name;
            return string.Concat(brand.Where(char.IsAsciiLetterOrDigit)) is { Length: > 0 } word ? word : "api";
        }
    }
}

/// <summary>What a handler refuses with.</summary>
internal sealed record HandlerError(
    [property: JsonPropertyName("code")] int Code, [property: JsonPropertyName("response")] string Response);

/// <summary>What logging in and the check of tokens refuse with.</summary>
internal sealed record GateError(
    [property: JsonPropertyName("code")] int Code, [property: JsonPropertyName("message")] string Message);
