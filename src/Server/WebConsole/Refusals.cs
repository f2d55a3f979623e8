using System.Globalization;
using Gatehouse.Domain;

namespace Gatehouse.WebConsole;

/// <summary>How pages answer a refusal: a sentence for people, a status for programs.</summary>
internal static class Refusals
{
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
        Reason.TooCommon => (422, "This password is among the first that attackers try. Please choose another one."),
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
        Reason.FactorClosed => (429, "Too many codes were tried. Please use a recovery code."),
        Reason.AlreadyActive => (422, "The second factor is on already."),
        Reason.NotActive => (422, "The second factor is not on."),
        Reason.LoginTooOld => (422, "Please enter your password to do this."),
        Reason.ScopeMissing => (403, "This login may not do that."),
        Reason.LimitReached => (422, $"There are {refusal.Number} already, which is all that is allowed."),
        Reason.NotConfirmed => (422, "Your address is not confirmed yet. Please open the link in our mail first."),
        Reason.NotLoggedIn => (401, "Please log in first."),
        Reason.TooManyAttempts => (429, "Too many attempts. Please wait a while and try again."),
        Reason.Busy => (503, "The server is busy and has changed nothing. Please try again in a moment."),
        Reason.CardRequired => (422, "This needs a payment method."),
        Reason.NotOffered => (422, "This server does not offer that."),
        Reason.MalformedRequest => (400, "The form could not be read. Please go back and send it again."),
        Reason.Ambiguous => (422, "Please do one thing at a time."),
        Reason.OutdatedClient => (426, "This version is too old. Please upgrade."),
        Reason.NotFound => (404, "There is nothing here."),
    };
}
