using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>
/// What a proven identity means for a terminal that waits. Whether there is an account, the terminal never learns
/// before the button, since it may be a stranger's: where the browser is turned away, it goes on waiting. Runs in the
/// caller's transaction.
/// </summary>
public sealed class ReceiveForTerminal(Db db, EnterByVisit enter, MoveVisit move)
{
    /// <summary>Refuses with <see cref="Reason.InvalidToken"/> or <see cref="Reason.Expired"/>.</summary>
    public async Task<Outcome<Arrival>> Run(Caller caller, Visitor visitor, CancellationToken stop)
    {
        var visit = visitor.Visit;
        var terminal = await db.TerminalLogins.AsNoTracking().SingleOrDefaultAsync(
            t => t.Id == visit.TerminalLoginId && t.State == TerminalState.Waiting, stop);
        if (terminal is null) return new Refusal(Reason.Expired, Field.OAuth);
        var wantsLogin = terminal.Intent == TerminalIntent.LogIn;
        return visitor switch
        {
            { Names: null } when wantsLogin => await TurnAway(visit, ArrivalKind.NoAccount, stop),
            { Names: not null } when !wantsLogin => await TurnAway(visit, ArrivalKind.HasAccount, stop),
            { Names: null } => await move.Run(visitor, VisitStage.HandOver, accountId: null, stop),
            { Opens: null } => await move.Run(visitor, VisitStage.Password, visitor.Names.Id, stop),
            { HasFactor: true } => await move.Run(visitor, VisitStage.Factor, visitor.Opens.Id, stop),
            _ => await enter.Run(caller, visitor, attempt: null, stop),
        };
    }

    private async Task<Arrival> TurnAway(ProviderVisit visit, ArrivalKind why, CancellationToken stop)
    {
        await db.ProviderVisits.Where(v => v.Id == visit.Id).ExecuteDeleteAsync(stop);
        return new Arrival(why);
    }
}
