using System.Security.Cryptography;

namespace Gatehouse.Domain;

/// <summary>
/// A claim on an address, until its owner proves it: by the code in the terminal, or by the link. Either a sign-up that
/// goes on step by step and becomes an account at the last one, or the unproven address of an account that exists
/// (<see cref="AccountId"/>). When the address belongs to somebody already, the claim is hollow: it looks the same from
/// outside, but has no code and no link that could ever match.
/// </summary>
public sealed class SignUp
{
    /// <summary>How long the whole sign-up may take.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    /// <summary>How long a code works.</summary>
    public static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(15);

    /// <summary>How long a link works.</summary>
    public static readonly TimeSpan LinkLife = TimeSpan.FromHours(24);

    private SignUp()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>Keyed hash of the handle that the client repeats with every step.</summary>
    public byte[] HandleHash { get; private set; } = [];

    /// <summary>
    /// The canonical address that is claimed. Confirming proves this address and no other. Empty while a sign-up with
    /// an OpenID provider waits for the address that the provider vouches for.
    /// </summary>
    public string Email { get; private set; } = "";

    public string EmailSpelling { get; private set; } = "";

    /// <summary>The account whose address this is; null while the sign-up has no account yet.</summary>
    public Guid? AccountId { get; private set; }

    /// <summary>Keyed hash of the code; null when none can match.</summary>
    public byte[]? CodeHash { get; private set; }

    public DateTime CodeExpiresAt { get; private set; }

    /// <summary>How many codes were tried since the code was made.</summary>
    public int CodeTries { get; private set; }

    /// <summary>Keyed hash of the link's token; null when none can match.</summary>
    public byte[]? LinkHash { get; private set; }

    public DateTime LinkExpiresAt { get; private set; }

    public DateTime? ConfirmedAt { get; private set; }

    /// <summary>Says that it was the link that confirmed, so that the terminal's code step may just go on.</summary>
    public bool ConfirmedByLink { get; private set; }

    public string? PasswordHash { get; private set; }

    /// <summary>Who vouches for the address instead of a code; null where a code does.</summary>
    public string? Issuer { get; private set; }

    /// <summary>Whom the issuer means; opens the account in place of a password.</summary>
    public string? Subject { get; private set; }

    /// <summary>The promo code that was given, in capitals; null for none. Redeemed with the last step.</summary>
    public string? PromoCode { get; private set; }

    /// <summary>Where the request came from; shown to whoever opens the link.</summary>
    public string RequestedFrom { get; private set; } = "";

    public DateTime CreatedAt { get; private set; }

    public DateTime ExpiresAt { get; private set; }

    /// <summary>What has to come next, in the order of the wire.</summary>
    public SignUpStep Next => (Email, ConfirmedAt, PasswordHash ?? Subject) switch
    {
        ("", _, _) => SignUpStep.OAuth,
        (_, null, _) => SignUpStep.ConfirmationCode,
        (_, _, null) => SignUpStep.Password,
        _ => SignUpStep.Tier,
    };

    /// <summary>Whom the OpenID provider vouched for; null where a password was chosen.</summary>
    public ProvenIdentity? Identity => Issuer is null || Subject is null
        ? null
        : new ProvenIdentity(Issuer, Subject, new EmailAddress(EmailSpelling, Email));

    /// <summary>
    /// A sign-up that goes on step by step; <see cref="Renew"/> gives it a code, otherwise it stays hollow.
    /// </summary>
    public static SignUp Start(EmailAddress email, byte[] handleHash, string from, DateTime now) => new()
    {
        Id = Guid.CreateVersion7(now),
        HandleHash = handleHash,
        Email = email.Canonical,
        EmailSpelling = email.Spelling,
        RequestedFrom = from,
        CreatedAt = now,
        CodeExpiresAt = now + CodeLife,
        LinkExpiresAt = now + LinkLife,
        ExpiresAt = now + Life,
    };

    /// <summary>
    /// A sign-up whose address an OpenID provider will vouch for; it waits no longer than the terminal does.
    /// </summary>
    public static SignUp StartWithProvider(byte[] handleHash, string from, DateTime now)
    {
        var signUp = Start(new EmailAddress("", ""), handleHash, from, now);
        signUp.ExpiresAt = now + TerminalLogin.Life;
        return signUp;
    }

    /// <summary>The claim of an account on its own address. Nobody holds its handle.</summary>
    public static SignUp ForAccount(Account account, string from, DateTime now)
    {
        var email = new EmailAddress(account.EmailSpelling, account.Email);
        var signUp = Start(email, RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes), from, now);
        (signUp.AccountId, signUp.ExpiresAt) = (account.Id, now + Account.UnconfirmedLife);
        return signUp;
    }

    /// <summary>A new code and link; the ones before them are void.</summary>
    public void Renew(byte[] codeHash, byte[] linkHash, DateTime now)
    {
        (CodeHash, CodeTries, CodeExpiresAt) = (codeHash, 0, now + CodeLife);
        (LinkHash, LinkExpiresAt) = (linkHash, now + LinkLife);
    }

    /// <summary>The provider vouched for an address: it is proven, and no password is needed.</summary>
    public void Prove(ProvenIdentity identity, DateTime now)
    {
        (Email, EmailSpelling) = (identity.Email.Canonical, identity.Email.Spelling);
        (Issuer, Subject, ConfirmedAt) = (identity.Issuer, identity.Subject, now);
        ExpiresAt = now + Life;
    }

    /// <summary>Keeps the hash of the password until the account is made.</summary>
    public void ChoosePassword(string passwordHash) => PasswordHash = passwordHash;

    /// <summary>Keeps a promo code, in capitals, until the last step; null for none after all.</summary>
    public void ChoosePromoCode(string? code) => PromoCode = code;
}

/// <summary>The steps of a sign-up.</summary>
public enum SignUpStep
{
    /// <summary>The OpenID provider has to vouch for an address.</summary>
    OAuth,

    ConfirmationCode,
    Password,
    Tier,
}
