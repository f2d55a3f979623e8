using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Sessions;

/// <summary>
/// Finds out whose browser asks: one read of login and account together, so whatever ended one of them counts on every
/// node at once.
/// </summary>
public sealed class CheckWebSession(Db db, TurnSession turn, MasterKey key, TimeProvider clock)
{
    private static readonly TimeSpan SightGranularity = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The caller with the login, and the account as every page names it. Refuses with <see
    /// cref="Reason.NotLoggedIn"/>, junk without asking the database.
    /// </summary>
    public async Task<Outcome<EnteredAccount>> Run(Caller visitor, string? presented, CancellationToken stop)
    {
        var parts = presented?.Split('.', 2) ?? [];
        if (!OneTimeToken.IsLink(parts.FirstOrDefault())) return Reason.NotLoggedIn;
        var (hash, now) = (key.HashOfSession(parts[0]), clock.UtcNow());
        var found = await db.Sessions.AsNoTracking()
            .Where(s => s.Hash == hash && s.Kind == SessionKind.Web && s.ExpiresAt > now)
            .Join(db.Accounts.Confirmed(), s => s.AccountId, a => a.Id, (session, account) => new
            {
                Session = session,
                account.EmailSpelling,
                account.UserName,
                HasPassword = account.PasswordHash != null,
                HasFactor = db.SecondFactors.Any(f => f.AccountId == account.Id && f.ActivatedAt != null),
            })
            .SingleOrDefaultAsync(stop);
        if (found is null) return Reason.NotLoggedIn;
        var session = found.Session;
        var turned = await turn.Run(visitor, session, parts.ElementAtOrDefault(1), stop);
        if (!turned.Is(out var next, out var copied)) return copied;
        if (session.LastSeenAt <= now - SightGranularity) await NoteSight(session, now, stop);
        var holder = new PresentedSession(session.AccountId, session.Id, session.CreatedAt);
        return new EnteredAccount(
            visitor with { Session = holder }, found.EmailSpelling, found.UserName, found.HasFactor)
        {
            HasPassword = found.HasPassword,
            Renewed = next is null ? null : WebLogin.Kept(new Secret(parts[0]), next, session.ExpiresAt),
        };
    }

    private Task<int> NoteSight(Session session, DateTime now, CancellationToken stop)
    {
        var end = session.EndWhenSeen(now);
        return db.Write(
            () => db.Sessions.Where(s => s.Id == session.Id).ExecuteUpdateAsync(
                set => set.SetProperty(s => s.LastSeenAt, now).SetProperty(s => s.ExpiresAt, end), stop),
            stop);
    }
}

/// <summary>An account whose owner is here with a browser.</summary>
/// <param name="Caller">The owner.</param>
/// <param name="Email">The address, as it was spelled.</param>
/// <param name="UserName">The user name.</param>
/// <param name="HasFactor">Says whether the second factor is on.</param>
public sealed record EnteredAccount(Caller Caller, string Email, string UserName, bool HasFactor)
{
    /// <summary>Says whether a password opens the account; if not, a Google account alone does.</summary>
    public required bool HasPassword { get; init; }

    /// <summary>What the browser shows from now on; null for what it showed.</summary>
    public WebLogin? Renewed { get; init; }
}
