namespace Gatehouse.Domain;

/// <summary>
/// Who asks, and from where. Every operation gets one explicitly; there is no ambient current user.
/// </summary>
/// <param name="Address">The peer's network address, as the listed proxies tell it.</param>
/// <param name="UserAgent">What the client calls itself; untrusted, at most 200 characters.</param>
/// <param name="RequestId">The id that ties answer, log line and audit entry together.</param>
/// <param name="Key">The API key that was presented and found valid; null without one.</param>
/// <param name="Session">The login that was presented and found valid, by token or cookie; null without one.</param>
public sealed record Caller(
    string Address, string UserAgent, string RequestId, PresentedKey? Key = null, PresentedSession? Session = null)
{
    private const int LongestAgent = 200;

    /// <summary>
    /// The platform's key that was presented and found valid; null without one. It acts for no account.
    /// </summary>
    public PresentedServiceKey? ServiceKey { get; init; }

    /// <summary>
    /// What was read of the account together with the key or login, for a request that does nothing but show it; null
    /// elsewhere.
    /// </summary>
    public AccountFacts? Facts { get; init; }

    /// <summary>The server itself, in its jobs.</summary>
    public static readonly Caller Server = new("", "gatehouse jobs", "");

    /// <summary>The operator at the server's own command line.</summary>
    public static readonly Caller Operator = new("", "gatehouse admin", "");

    /// <summary>
    /// The account on whose behalf the caller acts, if the key was made for such a thing; a login is for everything.
    /// Refuses with <see cref="Reason.NotLoggedIn"/> or <see cref="Reason.ScopeMissing"/>.
    /// </summary>
    public Outcome<Guid> Holder(Scope scope)
    {
        if (Session is not null) return Session.AccountId;
        if (Key is null) return Reason.NotLoggedIn;
        return Key.Scopes.Allow(scope) ? Key.AccountId : Reason.ScopeMissing;
    }

    /// <summary>
    /// The same with a reason, which the owner of the account reads in its activity. It stands where personal data may
    /// be erased, as people write names into reasons.
    /// </summary>
    public Caller Because(string reason)
    {
        var text = $"{UserAgent}: {reason}";
        return this with { UserAgent = text.Length > LongestAgent ? text[..LongestAgent] : text };
    }

    /// <summary>When the full login was behind what was presented (UTC); null where there was none.</summary>
    public DateTime? LoggedInAt => Session?.LoggedInAt ?? Key?.LoggedInAt;

    /// <summary>What kind of client it is: what it calls itself, without versions, which change often.</summary>
    public string Client => string.Concat(UserAgent.Where(c => !char.IsAsciiDigit(c) && c is not ('.' or '_')));

    /// <summary>The part of the network that limits count together: IPv4 /24, IPv6 /64 (RFC 4291 2.5.4).</summary>
    public string Network => NetworkAddress.NetworkOf(Address);

    /// <summary>The address that limits count as one: a whole IPv4 address, an IPv6 /64.</summary>
    public string Host => NetworkAddress.HostOf(Address);
}

/// <summary>The key of a request, after it was checked.</summary>
/// <param name="AccountId">Whose it is.</param>
/// <param name="KeyId">Its id, which is no secret.</param>
/// <param name="Text">The key as presented, so that the account's page can show it back.</param>
/// <param name="LoggedInAt">When the full login was that made it (UTC); null for keys made otherwise.</param>
/// <param name="Scopes">What it was made for.</param>
public sealed record PresentedKey(Guid AccountId, Guid KeyId, Secret Text, DateTime? LoggedInAt, Scopes Scopes);

/// <summary>A key of the platform, after it was checked.</summary>
/// <param name="KeyId">Its id, which is no secret.</param>
public sealed record PresentedServiceKey(Guid KeyId);

/// <summary>The login of a request, after it was checked.</summary>
/// <param name="AccountId">Whose it is.</param>
/// <param name="SessionId">Its id, which is no secret.</param>
/// <param name="LoggedInAt">When the full login was that made it (UTC).</param>
public sealed record PresentedSession(Guid AccountId, Guid SessionId, DateTime LoggedInAt);
