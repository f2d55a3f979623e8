namespace Gatehouse.Domain;

/// <summary>
/// An identity at an OpenID provider that opens an account. It is the issuer and the subject and nothing else: an
/// address may change hands, and then means somebody else.
/// </summary>
public sealed class ExternalLogin
{
    private ExternalLogin()
    {
    }

    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    /// <summary>Who vouches, as its tokens name it (OpenID Connect Core 2, <c>iss</c>).</summary>
    public string Issuer { get; private set; } = "";

    /// <summary>Whom it means; unique and never given anew at its issuer (<c>sub</c>).</summary>
    public string Subject { get; private set; } = "";

    /// <summary>The address there when it was linked; shown to the owner, and used for nothing else.</summary>
    public string EmailSpelling { get; private set; } = "";

    /// <summary>UTC.</summary>
    public DateTime CreatedAt { get; private set; }

    /// <summary>A link that begins now.</summary>
    public static ExternalLogin Link(Guid accountId, ProvenIdentity identity, DateTime now) => new()
    {
        Id = Guid.CreateVersion7(now),
        AccountId = accountId,
        Issuer = identity.Issuer,
        Subject = identity.Subject,
        EmailSpelling = identity.Email.Spelling,
        CreatedAt = now,
    };
}

/// <summary>Whom an OpenID provider vouches for, after everything it said was checked.</summary>
/// <param name="Issuer">Who vouches.</param>
/// <param name="Subject">For whom.</param>
/// <param name="Email">An address that the provider says it verified.</param>
public sealed record ProvenIdentity(string Issuer, string Subject, EmailAddress Email);
