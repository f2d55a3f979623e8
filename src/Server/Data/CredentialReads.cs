using System.Data.Common;
using System.Globalization;
using Gatehouse.Domain;

namespace Gatehouse.Data;

/// <summary>
/// Whose a key or a token is, and how that account stands: what nearly every request asks, in one statement.
/// </summary>
public static class CredentialReads
{
    /// <summary>What a key or token is checked against stands before these, in so many columns.</summary>
    private const int KeyColumns = 7;
    private const int LoginColumns = 6;

    private const string Key =
        "k.id, a.id, a.email, k.logged_in_at, k.expires_at, k.last_used_at, k.scope_names";

    private const string Login = """
        a.version, a.email_confirmed_at IS NOT NULL, s.id, s.created_at, s.last_seen_at,
        EXISTS (SELECT 1 FROM installation_secrets i WHERE i.name = $4)
        """;

    // $2 is the present. What the apps use comes in one text: to PostgreSQL each sub-query costs as much as a look-up.
    private const string Facts = """
        a.id, a.email_spelling, a.user_name, a.tier, a.created_at, a.email_confirmed_at IS NOT NULL,
        a.suspended_at IS NOT NULL, a.suspended_for, a.password_hash IS NOT NULL, a.app_count, a.database_count,
        EXISTS (SELECT 1 FROM payment_methods m WHERE m.holder_id = a.id AND m.replaced_at IS NULL),
        (SELECT e.email_spelling FROM external_logins e WHERE e.account_id = a.id LIMIT 1),
        (SELECT CAST(COALESCE(SUM(w.balance), 0) AS bigint) FROM ledger_accounts w
            WHERE w.owner_id = a.id AND w.kind = 'Wallet')
        + (SELECT CAST(COALESCE(SUM(l.remaining), 0) AS bigint) FROM promo_lots l
            WHERE l.owner_id = a.id AND l.remaining > 0 AND (l.expires_at IS NULL OR l.expires_at > $2)),
        (SELECT COUNT(*) FROM ssh_keys h WHERE h.account_id = a.id),
        (SELECT COALESCE(MAX(p.replicas), 0)
            || ' ' || COALESCE(MAX(CASE WHEN p.replicas > 0 THEN p.size_milli END), 0)
            || ' ' || COALESCE(MAX(p.domain_count), 0) || ' ' || COALESCE(MAX(p.collaborator_count), 0)
            FROM apps p WHERE p.owner_id = a.id),
        (SELECT (SELECT COUNT(*) FROM recovery_codes c WHERE c.account_id = f.account_id)
            FROM second_factors f WHERE f.account_id = a.id AND f.activated_at IS NOT NULL)
        """;

    private const string OfKey = """
        FROM api_keys k JOIN accounts a ON a.id = k.account_id WHERE k.hash = $1 AND a.closed_at IS NULL
        """;

    private const string OfLogin = """
        FROM accounts a LEFT JOIN sessions s ON s.id = $3 AND s.account_id = a.id AND s.expires_at > $2
        WHERE a.id = $1 AND a.closed_at IS NULL
        """;

    private const string KeyStatement = $"SELECT {Key} {OfKey}";
    private const string KeyWithFacts = $"SELECT {Key}, {Facts} {OfKey}";
    private const string LoginStatement = $"SELECT {Login} {OfLogin}";
    private const string LoginWithFacts = $"SELECT {Login}, {Facts} {OfLogin}";
    private const string FactsStatement = $"SELECT {Facts} FROM accounts a WHERE a.id = $1";

    /// <summary>All of them, for whoever examines how they are answered.</summary>
    internal static IReadOnlyList<string> Statements =>
        [KeyStatement, KeyWithFacts, LoginStatement, LoginWithFacts, FactsStatement];

    /// <summary>The key with a hash unless its account was closed, and on wish how that stands.</summary>
    public static ValueTask<FoundKey?> FindKey(
        this HotReads reads, byte[] hash, bool withFacts, DateTime now, CancellationToken stop) => withFacts
        ? reads.First(KeyWithFacts, [hash, now], row => KeyOf(row, FactsOf(row, KeyColumns)), stop)
        : reads.First(KeyStatement, [hash], row => KeyOf(row, facts: null), stop);

    /// <summary>
    /// The account of a token unless it was closed, the token's login unless it ended, and whether the key that signed
    /// it is still there; on wish how the account stands.
    /// </summary>
    public static ValueTask<FoundLogin?> FindLogin(
        this HotReads reads, ClaimedLogin claim, bool withFacts, DateTime now, CancellationToken stop)
    {
        object[] values = [claim.AccountId, now, claim.SessionId, claim.KeyName];
        return withFacts
            ? reads.First(LoginWithFacts, values, row => LoginOf(row, FactsOf(row, LoginColumns)), stop)
            : reads.First(LoginStatement, values, row => LoginOf(row, facts: null), stop);
    }

    /// <summary>How an account stands; null when there is none with that id.</summary>
    public static ValueTask<AccountFacts?> FindFacts(
        this HotReads reads, Guid accountId, DateTime now, CancellationToken stop) =>
        reads.First(FactsStatement, [accountId, now], row => FactsOf(row, 0), stop);

    private static FoundKey KeyOf(DbDataReader row, AccountFacts? facts) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetString(2), Time(row, 3), Time(row, 4), Time(row, 5), row.GetString(6))
    {
        Facts = facts,
    };

    private static FoundLogin LoginOf(DbDataReader row, AccountFacts? facts) => new(
        row.GetInt32(0),
        row.GetBoolean(1),
        row.IsDBNull(2) ? null : new FoundSession(row.GetGuid(2), Time(row, 3)!.Value, Time(row, 4)!.Value),
        row.GetBoolean(5))
    {
        Facts = facts,
    };

    private static AccountFacts FactsOf(DbDataReader row, int at)
    {
        var ofApps = Array.ConvertAll(
            row.GetString(at + 15).Split(' '), number => int.Parse(number, CultureInfo.InvariantCulture));
        return new AccountFacts
        {
            Id = row.GetGuid(at),
            Email = row.GetString(at + 1),
            UserName = row.GetString(at + 2),
            Tier = Enum.Parse<Tier>(row.GetString(at + 3)),
            CreatedAt = Time(row, at + 4)!.Value,
            IsConfirmed = row.GetBoolean(at + 5),
            IsSuspended = row.GetBoolean(at + 6),
            SuspendedFor = Text(row, at + 7) is { } cause ? Enum.Parse<SuspensionCause>(cause) : null,
            HasPassword = row.GetBoolean(at + 8),
            Apps = row.GetInt32(at + 9),
            Databases = row.GetInt32(at + 10),
            HasMethod = row.GetBoolean(at + 11),
            Google = Text(row, at + 12),
            CreditNanos = row.GetInt64(at + 13),
            SshKeys = (int)row.GetInt64(at + 14),
            Replicas = ofApps[0],
            SizeMilli = ofApps[1],
            Domains = ofApps[2],
            Collaborators = ofApps[3],
            RecoveryCodesLeft = row.IsDBNull(at + 16) ? null : (int)row.GetInt64(at + 16),
        };
    }

    private static DateTime? Time(DbDataReader row, int at) =>
        row.IsDBNull(at) ? null : DateTime.SpecifyKind(row.GetDateTime(at), DateTimeKind.Utc);

    private static string? Text(DbDataReader row, int at) => row.IsDBNull(at) ? null : row.GetString(at);
}

/// <summary>A key as it is kept, and whose it is.</summary>
public sealed record FoundKey(
    Guid Id,
    Guid AccountId,
    string Email,
    DateTime? LoggedInAt,
    DateTime? ExpiresAt,
    DateTime? LastUsedAt,
    string ScopeNames)
{
    /// <summary>How the account stands; null where nobody asked.</summary>
    public AccountFacts? Facts { get; init; }
}

/// <summary>What a token says whose it is, under which login, signed by which key.</summary>
public sealed record ClaimedLogin(Guid AccountId, Guid SessionId, string KeyName);

/// <summary>What of that there is.</summary>
public sealed record FoundLogin(int Version, bool IsConfirmed, FoundSession? Session, bool IsKeyThere)
{
    /// <summary>How the account stands; null where nobody asked.</summary>
    public AccountFacts? Facts { get; init; }
}

/// <summary>A login that has not ended.</summary>
public sealed record FoundSession(Guid Id, DateTime CreatedAt, DateTime LastSeenAt);
