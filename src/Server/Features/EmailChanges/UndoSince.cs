using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Features.PaymentMethods;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.EmailChanges;

/// <summary>
/// Undoes what whoever took an account over may have made in it since: keys, logins, links, Google accounts, second
/// factors, cards. Runs in the caller's transaction.
/// </summary>
public sealed class UndoSince(Db db, EndAccess endAccess, RestorePaymentMethod restoreCard)
{
    /// <summary>Never refuses.</summary>
    public async Task Run(Caller caller, Guid accountId, DateTime since, DateTime now, CancellationToken stop)
    {
        await endAccess.Run(accountId, new Access(Keys: true, Since: since), stop);
        var removed = await db.SecondFactors
            .Where(f => f.AccountId == accountId && (f.ActivatedAt == null || f.ActivatedAt >= since))
            .ExecuteDeleteAsync(stop);
        if (removed > 0) await db.RecoveryCodes.Where(c => c.AccountId == accountId).ExecuteDeleteAsync(stop);
        await db.ExternalLogins.Where(l => l.AccountId == accountId && l.CreatedAt >= since).ExecuteDeleteAsync(stop);
        await restoreCard.Run(caller, accountId, since, now, stop);
    }
}
