using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Features.Notices;
using Gatehouse.Mail;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Accounts;

/// <summary>
/// Gives an account back to whoever reads its mailbox, by the operator: for a lost authenticator app, or one that a
/// thief turned on. The second factor goes, every login, key and link to Google ends, and the password works no more
/// until it was reset by mail; so the operator needs to believe nobody, and never sees a secret.
/// </summary>
public sealed class RecoverAccount(Db db, EndAccess endAccess, FactorLimits limits, Notify notify, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.NotFound"/>, <see cref="Reason.Required"/> without a reason, or
    /// <see cref="Reason.AccountDisabled"/> when it is closed or its address was never confirmed.
    /// </summary>
    public async Task<Outcome<FoundAccount>> Run(Caller caller, string who, string? reason, CancellationToken stop)
    {
        if (caller != Caller.Operator) return Reason.NotFound;
        if (string.IsNullOrWhiteSpace(reason)) return Reason.Required;
        return await db.Write(() => Recover(caller, who, reason, clock.UtcNow(), stop), stop);
    }

    private async Task<Outcome<FoundAccount>> Recover(
        Caller caller, string who, string reason, DateTime now, CancellationToken stop)
    {
        if (await db.FindByAnyName(who, stop) is not { Id: var id }) return Reason.NotFound;
        await db.QueueUp(id, stop);
        var account = await db.Accounts.Confirmed().SingleOrDefaultAsync(a => a.Id == id, stop);
        if (account is null) return Reason.AccountDisabled;
        account.SetPassword(null);
        await db.SaveChangesAsync(stop);
        await endAccess.Run(id, new Access(Keys: true), stop);
        await db.SecondFactors.Where(f => f.AccountId == id).ExecuteDeleteAsync(stop);
        await db.RecoveryCodes.Where(c => c.AccountId == id).ExecuteDeleteAsync(stop);
        await db.UnlinkAll(caller, id, now, stop);
        await limits.StartOver(id, stop);
        await db.Append(caller.Because(reason), id, new AuditFact(AuditEvent.AccountRecovered), now, stop);
        await notify.Run(caller, id, account.Address, Notice.AccountRecovered, now, stop);
        return FoundAccount.Of(account);
    }
}
