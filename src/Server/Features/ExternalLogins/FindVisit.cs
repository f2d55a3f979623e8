using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>The visit that a browser is on, by what it keeps, where it waits for what is asked.</summary>
public sealed class FindVisit(Db db, MasterKey key, TimeProvider clock)
{
    /// <summary>Refuses with <see cref="Reason.InvalidToken"/>.</summary>
    public async Task<Outcome<Visitor>> Run(string? browser, VisitStage stage, CancellationToken stop)
    {
        if (!OneTimeToken.IsLink(browser)) return Invalid;
        var (hash, now) = (key.HashOfVisitor(browser!), clock.UtcNow());
        var visit = await db.ProviderVisits.AsNoTracking()
            .SingleOrDefaultAsync(v => v.BrowserHash == hash && v.Stage == stage && v.ExpiresAt > now, stop);
        if (visit?.Identity is not { } identity) return Invalid;
        var account = visit.AccountId is null
            ? null
            : await db.Accounts.AsNoTracking().Confirmed().SingleOrDefaultAsync(a => a.Id == visit.AccountId, stop);
        if (account is null && visit.AccountId is not null) return Invalid;
        return new Visitor(visit, identity) { Opens = account, Names = account };
    }

    private static Refusal Invalid => new(Reason.InvalidToken, Field.OAuth);
}
