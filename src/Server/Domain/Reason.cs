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

    /// <summary>The password is among the ones that attackers try first, or was stolen elsewhere.</summary>
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

    /// <summary>The password that the request repeats is not the account's.</summary>
    WrongPassword,

    /// <summary>The address that the request repeats is not the account's.</summary>
    Mismatch,

    /// <summary>The password was right, and a second factor is on: its code is needed too.</summary>
    FactorRequired,

    /// <summary>The code of the second factor is wrong, used, or from another time.</summary>
    FactorWrong,

    /// <summary>Too many codes were tried; only a recovery code opens the way again.</summary>
    FactorClosed,

    /// <summary>So many wrong passwords came in a row that no password opens the account before a reset.</summary>
    PasswordClosed,

    /// <summary>The second factor is on already.</summary>
    AlreadyActive,

    /// <summary>There is no second factor that could be verified or turned off.</summary>
    NotActive,

    /// <summary>The action needs the password, or a full login of the last minutes.</summary>
    LoginTooOld,

    /// <summary>The key was made for less than this.</summary>
    ScopeMissing,

    /// <summary>There are <see cref="Refusal.Number"/> of them already, which is all that is allowed.</summary>
    LimitReached,

    /// <summary>The password was right, but the address was never confirmed.</summary>
    NotConfirmed,

    /// <summary>There is no valid key, token or session with the request.</summary>
    NotLoggedIn,

    /// <summary>What stands where a token should is none: not three parts, not base64url, not JSON.</summary>
    TokenMalformed,

    /// <summary>The token names another algorithm than the one we sign with.</summary>
    TokenAlgorithm,

    /// <summary>The token was not signed by us as it stands.</summary>
    TokenSignature,

    /// <summary>The token was right once, and the login behind it was ended.</summary>
    TokenRevoked,

    /// <summary>The account of a valid token is closed, gone, or may not be used.</summary>
    AccountDisabled,

    /// <summary>The account is in the highest tier already, and there is no way down.</summary>
    AlreadyUpgraded,

    /// <summary>A limit is used up; <see cref="Refusal.RetryAfter"/> says until when.</summary>
    TooManyAttempts,

    /// <summary>The server has more to do than it can; nothing was changed.</summary>
    Busy,

    /// <summary>The tier needs a payment method, and there is none.</summary>
    CardRequired,

    /// <summary>The payment provider refused the card; <see cref="Refusal.Text"/> is its sentence.</summary>
    CardDeclined,

    /// <summary>The payment provider did not answer in time; what became of the request will be found out.</summary>
    PaymentPending,

    /// <summary>
    /// The customer's bank wants to hear it from the customer, at <see cref="Refusal.Link"/>; then it is paid.
    /// </summary>
    PaymentToConfirm,

    /// <summary>There are not enough credits; nothing was spent.</summary>
    InsufficientCredits,

    /// <summary>The tier does not allow it; <see cref="Refusal.Limit"/> says what would.</summary>
    TierLimit,

    /// <summary>The tier has no such thing; <see cref="Refusal.Text"/> says what it has instead.</summary>
    NotInTier,

    /// <summary>The app is there for the caller to see, and this is for those with a greater part in it.</summary>
    RoleMissing,

    /// <summary>The account is suspended: it may look, pay and leave.</summary>
    Suspended,

    /// <summary>
    /// It would lead past the cap that the owner set for a month; <see cref="Refusal.Text"/> says by how much.
    /// </summary>
    SpendCapReached,

    /// <summary>Apps have to be destroyed first; <see cref="Refusal.Number"/> of them are left.</summary>
    AppsLeft,

    /// <summary>The number lies outside what is possible; <see cref="Refusal.Text"/> says what is.</summary>
    OutOfRange,

    /// <summary>The same request key was used for another request before.</summary>
    RequestKeyReused,

    /// <summary>The OpenID provider did not answer, or not as one; nothing was changed.</summary>
    ProviderUnavailable,

    /// <summary>The person, or the OpenID provider on their behalf, said no.</summary>
    ProviderDenied,

    /// <summary>What the OpenID provider is said to have told cannot be believed: nothing of it is used.</summary>
    IdentityRefused,

    /// <summary>The answer of the OpenID provider is from another time: one of the two clocks is wrong.</summary>
    ClocksDiffer,

    /// <summary>The OpenID provider does not vouch for the address.</summary>
    AddressNotProven,

    /// <summary>That identity is linked to another account, or the account to another identity.</summary>
    AlreadyLinked,

    /// <summary>It came to nothing in the browser, where it says why.</summary>
    NotFinished,

    /// <summary>What would be removed is the only way into the account.</summary>
    LastWayIn,

    /// <summary>This server does not offer that; <see cref="Refusal.Text"/> says what there is instead.</summary>
    NotOffered,

    /// <summary>It is there and cannot be used now; <see cref="Refusal.Text"/> says why.</summary>
    NotAvailable,

    /// <summary>The request itself cannot be read, whatever it asks for.</summary>
    MalformedRequest,

    /// <summary>The request asks for more than one thing at once.</summary>
    Ambiguous,

    /// <summary>There is no such thing, or it is somebody else's: the two are never told apart.</summary>
    NotFound,
}

/// <summary>The inputs that a refusal can be about; each surface has its own word for them.</summary>
public enum Field
{
    Email,
    UserName,
    NextEmail,
    Password,
    CurrentPassword,
    NewPassword,
    MfaToken,
    SshKey,
    KeyName,
    Scope,
    Expiry,
    SignUp,
    ConfirmationCode,
    Token,
    Tier,
    PromoCode,
    StripeToken,
    AppName,
    Cloud,
    Region,
    Stack,
    Replicas,
    Size,
    DatabaseVersion,
    HighAvailability,
    Fqdn,
    Role,
    Configs,
    Amount,
    CapAction,
    OAuth,
    Explanation,
    Device,
    Enable,
    Source,
    Url,
    EventType,
    ServiceKeyName,
    Report,
}
