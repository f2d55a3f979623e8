namespace Gatehouse.Domain;

/// <summary>
/// A browser or a token holder that is logged in. What is not in the table is logged out, on every node.
/// </summary>
public sealed class Session
{
    /// <summary>The most logins an account keeps; then the oldest one goes.</summary>
    public const int MostPerAccount = 1000;

    /// <summary>How long a browser stays logged in that asks for nothing.</summary>
    public static readonly TimeSpan WebIdle = TimeSpan.FromHours(1);

    /// <summary>How long a browser stays logged in at most.</summary>
    public static readonly TimeSpan WebLife = TimeSpan.FromHours(24);

    /// <summary>How long a browser stays logged in that was asked to, however seldom it comes.</summary>
    public static readonly TimeSpan RememberedLife = TimeSpan.FromDays(30);

    /// <summary>How long such a browser shows the same turn.</summary>
    public static readonly TimeSpan TurnLife = TimeSpan.FromHours(1);

    /// <summary>How long the turn before is still understood.</summary>
    public static readonly TimeSpan FormerTurnLife = TimeSpan.FromMinutes(1);

    private Session()
    {
    }

    public Guid Id { get; private set; }

    public Guid AccountId { get; private set; }

    public SessionKind Kind { get; private set; }

    /// <summary>Keyed hash of the reference that the client holds.</summary>
    public byte[] Hash { get; private set; } = [];

    /// <summary>What the client calls itself.</summary>
    public string Device { get; private set; } = "";

    public string Address { get; private set; } = "";

    /// <summary>When the full login was (UTC).</summary>
    public DateTime CreatedAt { get; private set; }

    public DateTime LastSeenAt { get; private set; }

    /// <summary>The first moment at which it works no more (UTC), if it is not seen again before.</summary>
    public DateTime ExpiresAt { get; private set; }

    /// <summary>How often what a remembered browser shows was replaced.</summary>
    public int Turn { get; private set; }

    /// <summary>When it was, at first the login (UTC); null for what is not remembered.</summary>
    public DateTime? TurnedAt { get; private set; }

    /// <summary>Says whether it is time for the next turn.</summary>
    public bool IsDueToTurn(DateTime now) => now - TurnedAt >= TurnLife;

    /// <summary>Says whether the turn before is still understood.</summary>
    public bool KnowsFormerTurn(DateTime now) => Turn > 0 && now - TurnedAt < FormerTurnLife;

    /// <summary>
    /// When a browser's login ends by itself that is seen now (UTC): what is not remembered begins its idle time anew,
    /// up to its whole life.
    /// </summary>
    public DateTime EndWhenSeen(DateTime now)
    {
        if (TurnedAt is not null || ExpiresAt - CreatedAt > WebLife) return ExpiresAt;
        var (idle, whole) = (now + WebIdle, CreatedAt + WebLife);
        return idle < whole ? idle : whole;
    }

    /// <summary>A full login that just succeeded.</summary>
    /// <param name="accountId">Whose it is.</param>
    /// <param name="kind">What holds it.</param>
    /// <param name="hash">Keyed hash of the reference that the client gets.</param>
    /// <param name="caller">Where it comes from.</param>
    /// <param name="times">Now, and when it ends by itself (UTC).</param>
    public static Session Start(
        Guid accountId, SessionKind kind, byte[] hash, Caller caller, (DateTime Now, DateTime End) times) => new()
        {
            Id = Guid.CreateVersion7(times.Now),
            AccountId = accountId,
            Kind = kind,
            Hash = hash,
            Device = caller.UserAgent,
            Address = caller.Address,
            CreatedAt = times.Now,
            LastSeenAt = times.Now,
            ExpiresAt = times.End,
        };

    /// <summary>The same, for weeks: what the browser shows is replaced again and again.</summary>
    public Session Remembered()
    {
        TurnedAt = CreatedAt;
        return this;
    }
}

/// <summary>What holds a login.</summary>
public enum SessionKind
{
    /// <summary>A browser, by a cookie.</summary>
    Web,

    /// <summary>A program, by a token that names the login under our signature.</summary>
    Token,
}
