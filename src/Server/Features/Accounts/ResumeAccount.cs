using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Collaborators;
using Gatehouse.Features.Notices;
using Gatehouse.Features.Suspensions;
using Gatehouse.Mail;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Accounts;

/// <summary>
/// What an account finds when it is open again: the access that waited for it, and its suspension as it would be had it
/// never been closed. Runs in the caller's transaction, after the account was queued up and opened.
/// </summary>
public sealed class ResumeAccount(Db db, BeginSuspension begin, EndSuspension end, Notify notify)
{
    /// <summary>Never refuses.</summary>
    public async Task Run(Caller caller, Account account, DateTime now, CancellationToken stop)
    {
        await db.BindAccess(account.Id, account.Email, stop);
        var entry = await db.Append(caller, account.Id, new AuditFact(AuditEvent.AccountReopened), now, stop);
        await db.PublishAccount(entry, stop);
        await notify.Run(caller, account.Id, account.Address, Notice.AccountReopened, now, stop);
        if (await db.IsOverdue(account.Id, now, stop))
            await begin.Run(Caller.Server, account, SuspensionCause.Unpaid, now, stop);
        else await end.Run(Caller.Server, account, SuspensionCause.Unpaid, now, stop);
        if (await db.Billings.AnyAsync(b => b.AccountId == account.Id, stop)) await db.LookAgain(account.Id, stop);
    }
}
