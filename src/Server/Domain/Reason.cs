namespace Gatehouse.Domain;

/// <summary>
/// Every reason why something is refused. Closed: each surface answers each of them in one exhaustive switch, so a new
/// line here stops the build until every surface says how it answers.
/// </summary>
public enum Reason
{
    /// <summary>The input is missing or empty.</summary>
    Required,

    /// <summary>The input is not of the form it must have.</summary>
    InvalidFormat,

    /// <summary>The input is shorter than <see cref="Refusal.Number"/> characters.</summary>
    TooShort,

    /// <summary>The input is longer than <see cref="Refusal.Number"/> bytes.</summary>
    TooLong,

    /// <summary>The password is among the ones that attackers try first.</summary>
    TooCommon,

    /// <summary>The password is the address or the user name it protects.</summary>
    SameAsIdentity,

    /// <summary>
    /// Somebody else has it already; said only to those who proved that it is theirs, or of public names.
    /// </summary>
    Taken,

    /// <summary>The token, code or handle names nothing, or nothing any more.</summary>
    InvalidToken,

    /// <summary>The code or link was right once, but its time is over.</summary>
    Expired,

    /// <summary>The address and the password do not belong together. Never says which of them is wrong.</summary>
    WrongCredentials,

    /// <summary>The password was right, but the address was never confirmed.</summary>
    NotConfirmed,

    /// <summary>There is no valid key, token or session with the request.</summary>
    NotLoggedIn,

    /// <summary>A limit is used up; <see cref="Refusal.RetryAfter"/> says until when.</summary>
    TooManyAttempts,

    /// <summary>The server has more to do than it can; nothing was changed.</summary>
    Busy,

    /// <summary>The tier needs a payment method, and there is none.</summary>
    CardRequired,

    /// <summary>This server does not offer that.</summary>
    NotOffered,

    /// <summary>The request itself cannot be read, whatever it asks for.</summary>
    MalformedRequest,

    /// <summary>The request asks for more than one thing at once.</summary>
    Ambiguous,

    /// <summary>The client is too old to be served.</summary>
    OutdatedClient,

    /// <summary>There is no such thing, or it is somebody else's: the two are never told apart.</summary>
    NotFound,
}

/// <summary>The inputs that a refusal can be about; each surface has its own word for them.</summary>
public enum Field
{
    Email,
    Password,
    SignUp,
    ConfirmationCode,
    Token,
    Tier,
    PromoCode,
    StripeToken,
    OAuth,
    Explanation,
    Device,
}
