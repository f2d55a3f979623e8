using System.Net;

namespace Gatehouse.Cli.Api;

/// <summary>
/// What a refusal means to the shell. The wire has one status, 422, for most of them, and no name for the reason; what
/// tells them apart are the sentences, which are as fixed as the rest of the wire.
/// </summary>
internal static class RefusalCode
{
    /// <summary>Words of refusals for good in this tier.</summary>
    private static readonly string[] NotInTier = ["A STANDARD account has no ", "This tier has no "];

    /// <summary>Words of limits that are reached, of credits, of cards and of spend caps.</summary>
    private static readonly string[] Limit =
    [
        "has reached the limit of ", "There are not enough credits.", "Please set a payment method first.",
        "Your card ", "Your card's ", "An error occurred while processing your card.",
        "Your cap is ", "What runs already costs up to ",
    ];

    /// <summary>Words of what is there or was done already.</summary>
    private static readonly string[] Conflict =
    [
        "has already been taken", "is already activated.", "Account is already upgraded.",
        "The account is in this tier already.", "This idempotency key was used for another request.",
    ];

    /// <summary>The exit code of a reply that is no success.</summary>
    public static ExitCode Of(HttpStatusCode status, ErrorText errors) => status switch
    {
        HttpStatusCode.Unauthorized => ExitCode.NotLoggedIn,
        HttpStatusCode.Forbidden => ExitCode.Forbidden,
        HttpStatusCode.PaymentRequired or HttpStatusCode.TooManyRequests => ExitCode.LimitReached,
        HttpStatusCode.Conflict => ExitCode.Conflict,
        HttpStatusCode.UnprocessableEntity => Of(errors),
        _ => ExitCode.Error,
    };

    private static ExitCode Of(ErrorText errors)
    {
        if (NotInTier.Any(errors.Mention))
            return ExitCode.Forbidden;
        if (Limit.Any(errors.Mention) || IsAboutCard(errors))
            return ExitCode.LimitReached;
        return Conflict.Any(errors.Mention) ? ExitCode.Conflict : ExitCode.Error;
    }

    /// <summary>A card that is missing or declined, with whatever sentence; not a token that is none.</summary>
    private static bool IsAboutCard(ErrorText errors) =>
        errors.Concern("stripe_token") && !errors.Mention("is invalid");
}
