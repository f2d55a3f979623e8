namespace Gatehouse.Domain;

/// <summary>
/// One visit of a browser to the OpenID provider: the way there and back, and what has to be asked before the visitor
/// is let in. It is the browser's alone, by a cookie; each step happens once, and after ten minutes none does. It lives
/// in the database, so that any node goes on with it.
/// </summary>
public sealed class ProviderVisit
{
    /// <summary>How long it may take in all.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private ProviderVisit()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>Keyed hash of <c>state</c> (RFC 6749 4.1.1); null once the browser came back with it.</summary>
    public byte[]? StateHash { get; private set; }

    /// <summary>Keyed hash of what the browser keeps in its cookie.</summary>
    public byte[] BrowserHash { get; private set; } = [];

    public VisitIntent Intent { get; private set; }

    public VisitStage Stage { get; private set; }

    /// <summary>The terminal on whose behalf it is; null for the browser itself.</summary>
    public Guid? TerminalLoginId { get; private set; }

    /// <summary>The account that is to be linked, or that the identity opens; null while there is none.</summary>
    public Guid? AccountId { get; private set; }

    /// <summary>The login that asked for a link; the browser has to be in it still when it comes back.</summary>
    public Guid? SessionId { get; private set; }

    /// <summary>Where the browser goes in the end.</summary>
    public string ReturnUrl { get; private set; } = "";

    public string? Issuer { get; private set; }

    public string? Subject { get; private set; }

    /// <summary>The canonical address that the provider verified.</summary>
    public string? Email { get; private set; }

    public string? EmailSpelling { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public DateTime ExpiresAt { get; private set; }

    /// <summary>Whom the provider vouched for; null before it did.</summary>
    public ProvenIdentity? Identity => Issuer is null || Subject is null || Email is null || EmailSpelling is null
        ? null
        : new ProvenIdentity(Issuer, Subject, new EmailAddress(EmailSpelling, Email));

    /// <summary>A visit that begins now.</summary>
    public static ProviderVisit Begin(VisitPlan plan, (byte[] State, byte[] Browser) hashes, DateTime now) => new()
    {
        Id = Guid.CreateVersion7(now),
        StateHash = hashes.State,
        BrowserHash = hashes.Browser,
        Intent = plan.Intent,
        Stage = VisitStage.Away,
        TerminalLoginId = plan.TerminalLoginId,
        AccountId = plan.AccountId,
        SessionId = plan.SessionId,
        ReturnUrl = plan.ReturnUrl,
        CreatedAt = now,
        ExpiresAt = now + Life,
    };
}

/// <summary>What a visit is to begin with.</summary>
/// <param name="Intent">What it is for.</param>
/// <param name="ReturnUrl">Where the browser goes in the end.</param>
public sealed record VisitPlan(VisitIntent Intent, string ReturnUrl)
{
    /// <summary>The terminal on whose behalf it is.</summary>
    public Guid? TerminalLoginId { get; init; }

    /// <summary>The account that is to be linked.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>The login that asked for the link.</summary>
    public Guid? SessionId { get; init; }
}

/// <summary>What a visit is for.</summary>
public enum VisitIntent
{
    LogIn,
    SignUp,

    /// <summary>One more way into the account of whoever is logged in.</summary>
    Link,
}

/// <summary>What a visit waits for.</summary>
public enum VisitStage
{
    /// <summary>The browser to come back.</summary>
    Away,

    /// <summary>The code of the second factor.</summary>
    Factor,

    /// <summary>The password of the account that has the address already.</summary>
    Password,

    /// <summary>A word on whether an account is wanted, as there is none.</summary>
    NewAccount,

    /// <summary>The button that hands over to a terminal.</summary>
    HandOver,
}
