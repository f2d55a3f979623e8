using System.Security.Cryptography;
using System.Text;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Notices;
using Gatehouse.Mail;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Sessions;

/// <summary>
/// A login that stays for weeks shows a turn beside its reference, and gets the next one once an hour. Whoever shows
/// one that was replaced holds a copy, or was copied: the login ends for both, and its owner is told.
/// </summary>
public sealed class TurnSession(Db db, Notify notify, MasterKey key, TimeProvider clock)
{
    /// <summary>
    /// The turn to show from now on; null for what was shown. Refuses with <see cref="Reason.NotLoggedIn"/>, and then
    /// the login is over.
    /// </summary>
    public async Task<Outcome<Secret?>> Run(Caller visitor, Session session, string? shown, CancellationToken stop)
    {
        if (session.TurnedAt is null) return Outcome.Of<Secret?>(null);
        var (now, current) = (clock.UtcNow(), key.TurnOf(session.Id, session.Turn));
        if (Is(shown, current)) return session.IsDueToTurn(now) ? await Turn(session, now, stop) : null;
        // Requests that were on their way when it turned, and whoever lost the answer.
        if (session.KnowsFormerTurn(now) && Is(shown, key.TurnOf(session.Id, session.Turn - 1))) return current;
        await db.Write(() => End(visitor, session, now, stop), stop);
        return Reason.NotLoggedIn;
    }

    private static bool Is(string? shown, Secret turn) => shown is not null && CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(shown), Encoding.UTF8.GetBytes(turn.Reveal()));

    /// <summary>Of two that turn it at once, one does, and both get the same.</summary>
    private async Task<Secret> Turn(Session session, DateTime now, CancellationToken stop)
    {
        await db.Write(
            () => db.Sessions.Where(s => s.Id == session.Id && s.Turn == session.Turn).ExecuteUpdateAsync(
                set => set.SetProperty(s => s.Turn, s => s.Turn + 1).SetProperty(s => s.TurnedAt, now), stop),
            stop);
        return key.TurnOf(session.Id, session.Turn + 1);
    }

    private async Task<Done> End(Caller visitor, Session session, DateTime now, CancellationToken stop)
    {
        await db.QueueUp(session.AccountId, stop);
        if (await db.Sessions.Where(s => s.Id == session.Id).ExecuteDeleteAsync(stop) == 0) return Done.It;
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == session.AccountId, stop);
        var fact = new AuditFact(AuditEvent.SessionCopied, session.Id.ToString("D"));
        await db.Append(visitor, account.Id, fact, now, stop);
        await notify.Run(visitor, account.Id, account.Address, Notice.SessionCopied, now, stop);
        return Done.It;
    }
}
