using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>
/// The browser opens the address that a terminal printed. That alone changes nothing for the terminal: whoever opens it
/// has to come back from the provider and press a button.
/// </summary>
public sealed class BeginTerminalVisit(Db db, BeginVisit begin, MasterKey key, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.Expired"/> (nothing waits there any more) or what <see cref="BeginVisit"/>
    /// refuses.
    /// </summary>
    public async Task<Outcome<BegunVisit>> Run(Caller caller, string? session, CancellationToken stop)
    {
        if (!OneTimeToken.IsLink(session)) return new Refusal(Reason.Expired, Field.OAuth);
        var (hash, now) = (key.HashOfTerminalPage(session!), clock.UtcNow());
        var terminal = await db.TerminalLogins.AsNoTracking().SingleOrDefaultAsync(
            t => t.VisitHash == hash && t.State == TerminalState.Waiting && t.ExpiresAt > now, stop);
        if (terminal is null) return new Refusal(Reason.Expired, Field.OAuth);
        var intent = terminal.Intent == TerminalIntent.LogIn ? VisitIntent.LogIn : VisitIntent.SignUp;
        return await begin.Run(caller, new VisitPlan(intent, "") { TerminalLoginId = terminal.Id }, stop);
    }
}
