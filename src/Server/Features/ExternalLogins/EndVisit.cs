using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>
/// A visit that comes to nothing: it is gone, and the terminal that waits for it is told. Nothing else was ever made.
/// </summary>
public sealed class EndVisit(Db db)
{
    /// <summary>Never refuses.</summary>
    /// <param name="visit">The visit.</param>
    /// <param name="because">
    /// What the terminal is told; null where none waits for this visit.
    /// </param>
    /// <param name="stop">Gives up.</param>
    public async Task Run(ProviderVisit visit, Reason? because, CancellationToken stop)
    {
        await db.ProviderVisits.Where(v => v.Id == visit.Id).ExecuteDeleteAsync(stop);
        await db.TerminalLogins
            .Where(t => t.Id == visit.TerminalLoginId && t.State == TerminalState.Waiting)
            .ExecuteUpdateAsync(
                set => set.SetProperty(t => t.State, TerminalState.Failed).SetProperty(t => t.FailedBecause, because),
                stop);
    }
}
