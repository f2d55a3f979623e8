using System.Globalization;
using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.WebConsole;

/// <summary>How pages answer a refusal: a sentence for people, a status for programs.</summary>
internal static class Refusals
{
    private const string Pending = "It will be settled by itself shortly.";

    /// <summary>The sentence. It stands alone, or beside the input that the refusal is about.</summary>
    public static string Say(Refusal refusal) => Answer(refusal).Sentence;

    /// <summary>The HTTP status of the page that says so.</summary>
    public static int StatusOf(Refusal refusal) => Answer(refusal).Status;

    /// <summary>Gives the page that status, and says when trying again makes sense.</summary>
    public static void Refuse(this HttpContext http, Refusal refusal)
    {
        http.Response.StatusCode = StatusOf(refusal);
        if (refusal.RetryAfter is { } wait)
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
    }

    private static (int Status, string Sentence) Answer(Refusal refusal) => refusal.Reason switch
    {
        Reason.Required => (422, "Please fill this in."),
        Reason.InvalidFormat => (422, "This does not look right. Please check it."),
        Reason.TooShort => (422, $"Please use at least {refusal.Number} characters."),
        Reason.TooLong => (422, $"Please use at most {refusal.Number} bytes."),
        Reason.TooCommon => (422, "Attackers know this password and try it early. Please choose another one."),
        Reason.SameAsIdentity => (422, "Your password must not be your address or your user name."),
        Reason.Taken when refusal.Field == Field.Email => (422, "An account has this address already: log in to it."),
        Reason.Taken => (422, "Somebody else has this already."),
        Reason.InvalidToken => (422, "It was used before, a newer mail took its place, or its time is over."),
        Reason.Expired => (422, "Its time is over. Please ask for a new one."),
        Reason.WrongCredentials => (422, "Address and password do not belong together."),
        Reason.WrongPassword => (422, "This is not your password."),
        Reason.Mismatch => (422, "This is not the address of your account."),
        Reason.FactorRequired => (422, "Please enter the code of your authenticator app, or a recovery code."),
        Reason.FactorWrong => (422, "This code is wrong, used, or too old. Please try the next one."),
        Reason.PasswordClosed => (429, "Too many wrong passwords were tried. Please reset your password."),
        Reason.FactorClosed => (429, "Too many codes were tried. Please use a recovery code."),
        Reason.AlreadyActive => (422, "The second factor is on already."),
        Reason.NotActive => (422, "The second factor is not on."),
        Reason.LoginTooOld => (422, "Please enter your password to do this."),
        Reason.ScopeMissing => (403, "This login may not do that."),
        Reason.LimitReached => (422, $"There are {refusal.Number} already, which is all that is allowed."),
        Reason.NotConfirmed => (422, "Your address is not confirmed yet. Please open the link in our mail first."),
        Reason.NotLoggedIn => (401, "Please log in first."),
        Reason.TokenMalformed or Reason.TokenAlgorithm or Reason.TokenSignature => (401, "Please log in first."),
        Reason.TokenRevoked => (401, "You were logged out. Please log in again."),
        Reason.AccountDisabled => (403, "This account cannot be used."),
        Reason.AlreadyUpgraded => (422, "Your account is in this tier already."),
        Reason.TooManyAttempts => (429, "Too many attempts. Please wait a while and try again."),
        Reason.Busy => (503, "The server is busy and has changed nothing. Please try again in a moment."),
        Reason.CardRequired => (422, "This needs a payment method."),
        Reason.CardDeclined => (422, refusal.Text ?? "Your card was declined."),
        Reason.PaymentPending => (503, $"The payment provider did not answer. {refusal.Text ?? Pending}"),
        Reason.PaymentToConfirm => (402, "Your bank asks you to confirm this payment. Nothing was charged yet."),
        Reason.InsufficientCredits => (422, "There are not enough credits."),
        Reason.TierLimit => (422, LimitText.Statement(refusal.Limit!)),
        Reason.NotInTier => (422, refusal.Text ?? "Your tier has no such thing."),
        Reason.RoleMissing => (403, "Your role in this app does not allow that."),
        Reason.Suspended => (403, "This account is suspended. Please write to us."),
        Reason.SpendCapReached => (422, refusal.Text ?? "Your spend cap does not allow that."),
        Reason.AppsLeft => (422, $"Please destroy your apps first: {refusal.Number} of them are left."),
        Reason.OutOfRange => (422, $"This {refusal.Text ?? "is out of range"}."),
        Reason.RequestKeyReused => (422, "This form was sent before with something else in it."),
        Reason.ProviderUnavailable => (503, "Google did not answer. Nothing was changed. Please try again later."),
        Reason.ProviderDenied => (403, "You or Google said no. Nothing was changed."),
        Reason.IdentityRefused => (422, "The answer of Google could not be verified. Nothing was changed."),
        Reason.ClocksDiffer => (503, "The clocks of Google and of this server differ. Please tell whoever runs it."),
        Reason.AddressNotProven => (422, "Google has not verified the address of your account there. Do that first."),
        Reason.AlreadyLinked => (422, "One of the two accounts is linked already. Unlink that one first."),
        Reason.NotFinished => (422, "It was not finished."),
        Reason.LastWayIn => (422, "Google is the only way into your account. Set a password first."),
        Reason.NotOffered when refusal.Field is Field.OAuth => (422, "This server has no Google login."),
        Reason.NotOffered => (422, refusal.Text ?? "This server does not offer that."),
        Reason.NotAvailable => (422, refusal.Text ?? "It cannot be used now."),
        Reason.MalformedRequest => (400, "The form could not be read. Please go back and send it again."),
        Reason.Ambiguous => (422, "Please do one thing at a time."),
        Reason.NotFound => (404, "There is nothing here."),
    };
}
