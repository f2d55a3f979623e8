using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>Grants a terminal the login of an account. Runs in the caller's transaction.</summary>
public sealed class GrantLogin(Db db, TimeProvider clock)
{
    /// <summary>Refuses with <see cref="Reason.InvalidToken"/>.</summary>
    public async Task<Outcome<Done>> Run(Visitor visitor, CancellationToken stop)
    {
        var (account, visit, identity) = (visitor.Opens!, visitor.Visit, visitor.Identity);
        await db.QueueUp(account.Id, stop);
        var isOpen = await db.Accounts.Confirmed()
            .AnyAsync(a => a.Id == account.Id && a.Version == account.Version, stop);
        var isLinked = await db.ExternalLogins.AnyAsync(
            l => l.AccountId == account.Id && l.Issuer == identity.Issuer && l.Subject == identity.Subject, stop);
        var ended = isOpen && isLinked
            ? await db.ProviderVisits.Where(v => v.Id == visit.Id).ExecuteDeleteAsync(stop)
            : 0;
        return ended == 1 && await db.Grant(visit, account, clock.UtcNow(), stop)
            ? Done.It
            : new Refusal(Reason.InvalidToken, Field.OAuth);
    }
}
