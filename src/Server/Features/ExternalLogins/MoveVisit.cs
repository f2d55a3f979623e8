using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>
/// Leads a visit to its next question, under a new reference for the browser: one that was planted before opens
/// nothing. Of two that would do so, one does. Runs in the caller's transaction.
/// </summary>
public sealed class MoveVisit(Db db, MasterKey key, TimeProvider clock)
{
    /// <summary>Refuses with <see cref="Reason.InvalidToken"/>: the visit went on or ended meanwhile.</summary>
    public async Task<Outcome<Arrival>> Run(
        Visitor visitor, VisitStage next, Guid? accountId, CancellationToken stop)
    {
        var (visit, identity) = (visitor.Visit, visitor.Identity);
        var (browser, now) = (OneTimeToken.NewLink(), clock.UtcNow());
        var hash = key.HashOfVisitor(browser.Reveal());
        var moved = await db.ProviderVisits
            .Where(v => v.Id == visit.Id && v.Stage == visit.Stage && v.StateHash == null && v.ExpiresAt > now)
            .ExecuteUpdateAsync(
                set => set.SetProperty(v => v.Stage, next)
                    .SetProperty(v => v.AccountId, accountId)
                    .SetProperty(v => v.BrowserHash, hash)
                    .SetProperty(v => v.Issuer, identity.Issuer)
                    .SetProperty(v => v.Subject, identity.Subject)
                    .SetProperty(v => v.Email, identity.Email.Canonical)
                    .SetProperty(v => v.EmailSpelling, identity.Email.Spelling),
                stop);
        if (moved == 0) return new Refusal(Reason.InvalidToken, Field.OAuth);
        return new Arrival(KindOf(next)) { Browser = browser };
    }

    private static ArrivalKind KindOf(VisitStage stage) => stage switch
    {
        VisitStage.Factor => ArrivalKind.Factor,
        VisitStage.Password => ArrivalKind.Password,
        VisitStage.NewAccount => ArrivalKind.NewAccount,
        VisitStage.HandOver => ArrivalKind.HandOver,
        VisitStage.Away => throw new InvalidOperationException("No visit goes to the provider twice."),
    };
}
