using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Notices;
using Gatehouse.Features.Usage;
using Gatehouse.Mail;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Suspensions;

/// <summary>
/// Suspends an account: it may look, pay and leave, and from this second on nothing that it has costs anything. Its
/// data is kept. Runs in the caller's transaction, after the account was queued up.
/// </summary>
public sealed class BeginSuspension(Db db, Notify notify)
{
    /// <summary>
    /// Whether it was suspended by this; not when it is already, or closed. The operator's word stands above all
    /// others. Whoever suspends for another reason writes the mail that says why.
    /// </summary>
    public async Task<bool> Run(
        Caller caller, Account account, SuspensionCause cause, DateTime now, CancellationToken stop)
    {
        var isOperator = cause == SuspensionCause.Operator;
        var suspended = await db.Accounts.Confirmed()
            .Where(a => a.Id == account.Id)
            .Where(a => a.SuspendedAt == null
                || (isOperator && a.SuspendedFor != null && a.SuspendedFor != SuspensionCause.Operator))
            .ExecuteUpdateAsync(
                set => set.SetProperty(a => a.SuspendedAt, now).SetProperty(a => a.SuspendedFor, cause), stop);
        if (suspended == 0) return false;
        await db.EndAllMeters(account.Id, now, stop);
        var entry = await db.Append(caller, account.Id, new AuditFact(AuditEvent.AccountSuspended), now, stop);
        await db.PublishAccount(entry, stop);
        if (isOperator) await notify.Run(caller, account.Id, account.Address, Notice.AccountSuspended, now, stop);
        return true;
    }
}
