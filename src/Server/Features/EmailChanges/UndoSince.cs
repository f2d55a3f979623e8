using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Features.Notices;
using Gatehouse.Features.PaymentMethods;
using Gatehouse.Mail;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.EmailChanges;

/// <summary>
/// Undoes what whoever took an account over may have made in it since: keys, links, second factors, SSH keys, cards.
/// What they came in with goes whatever its age: every login, the key that asked for the change, and every Google
/// account, as it may have been linked before. Its owner is told. Runs in the caller's transaction.
/// </summary>
public sealed class UndoSince(Db db, EndAccess endAccess, RestorePaymentMethod restoreCard, Notify notify)
{
    /// <summary>Never refuses.</summary>
    public async Task Run(Caller caller, Account account, DateTime since, DateTime now, CancellationToken stop)
    {
        var accountId = account.Id;
        await endAccess.Run(accountId, new Access(Keys: false), stop);
        await EndKeys(accountId, since, stop);
        await db.SshKeys.Where(k => k.AccountId == accountId && k.CreatedAt >= since).ExecuteDeleteAsync(stop);
        var removed = await db.SecondFactors
            .Where(f => f.AccountId == accountId && (f.ActivatedAt == null || f.ActivatedAt >= since))
            .ExecuteDeleteAsync(stop);
        if (removed > 0) await db.RecoveryCodes.Where(c => c.AccountId == accountId).ExecuteDeleteAsync(stop);
        // Like the password, which goes whatever its age: the order of two clicks decides nothing.
        await db.UnlinkAll(caller, accountId, now, stop);
        await restoreCard.Run(caller, accountId, since, now, stop);
        await notify.Run(caller, accountId, account.Address, Notice.EmailChangeRevoked, now, stop);
    }

    /// <summary>The keys of programs that were there before stay: nobody has to find all places they are in.</summary>
    private Task<int> EndKeys(Guid accountId, DateTime since, CancellationToken stop) => db.ApiKeys
        .Where(k => k.AccountId == accountId)
        .Where(k => k.CreatedAt >= since || db.AuditEntries.Any(
            asked => asked.AccountId == accountId && asked.Event == AuditEvent.EmailChangeRequested
                && asked.At == since && asked.KeyId == k.Id))
        .ExecuteDeleteAsync(stop);
}
