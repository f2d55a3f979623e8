using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Features.PaymentMethods;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.EmailChanges;

/// <summary>
/// Undoes what whoever took an account over may have made in it since: keys, logins, links, second factors, cards; and
/// every Google account, as it may have been linked before. Runs in the caller's transaction.
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
        // Like the password, which goes whatever its age: the order of two clicks decides nothing.
        await db.UnlinkAll(caller, accountId, now, stop);
        await restoreCard.Run(caller, accountId, since, now, stop);
    }
}
