using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Logins;
using Gatehouse.Features.Sessions;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>
/// What every visit ends with that proved all that its account asks for: a browser is logged in; for a terminal there
/// is one more button. Whether the account is still open and still has that link is asked here, at the end of every
/// way. Runs in the caller's transaction.
/// </summary>
public sealed class EnterByVisit(
    Db db, NoteLogin note, StartWebSession start, MoveVisit move, LoginLimits limits)
{
    /// <summary>Refuses with <see cref="Reason.InvalidToken"/>.</summary>
    /// <param name="caller">Who comes.</param>
    /// <param name="visitor">With which account.</param>
    /// <param name="attempt">The try of the password; null where none was asked for.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<Outcome<Arrival>> Run(
        Caller caller, Visitor visitor, LoginAttempt? attempt, CancellationToken stop)
    {
        var (account, identity, visit) = (visitor.Opens!, visitor.Identity, visitor.Visit);
        await db.QueueUp(account.Id, stop);
        var isOpen = await db.Accounts.Confirmed()
            .AnyAsync(a => a.Id == account.Id && a.Version == account.Version, stop);
        var link = await db.ExternalLogins.AsNoTracking().SingleOrDefaultAsync(
            l => l.AccountId == account.Id && l.Issuer == identity.Issuer && l.Subject == identity.Subject, stop);
        if (!isOpen || link is null) return Invalid;
        if (visit.TerminalLoginId is not null)
            return await move.Run(visitor, VisitStage.HandOver, account.Id, stop);
        var ended = await db.ProviderVisits
            .Where(v => v.Id == visit.Id && v.Stage == visit.Stage && v.StateHash == null).ExecuteDeleteAsync(stop);
        if (ended == 0) return Invalid;
        attempt ??= await limits.Recognise(caller, account.Id.ToString("D"), stop);
        var noted = await note.Run(caller, new ProvenLogin(account, attempt) { LinkId = link.Id }, stop);
        if (noted.Refusal is not null) return Invalid;
        var login = await start.Run(caller, account.Id, remember: false, stop);
        return new Arrival(ArrivalKind.LoggedIn) { Login = login, ReturnUrl = visit.ReturnUrl };
    }

    private static Refusal Invalid => new(Reason.InvalidToken, Field.OAuth);
}
