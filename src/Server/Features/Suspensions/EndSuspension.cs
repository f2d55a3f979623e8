using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Notices;
using Gatehouse.Features.Usage;
using Gatehouse.Mail;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Suspensions;

/// <summary>
/// Ends a suspension: what the account has runs and costs again from this second on. Where an invoice is overdue, one
/// for another reason is followed by the one for that. Runs in the caller's transaction, after the account was queued
/// up.
/// </summary>
public sealed class EndSuspension(Db db, Notify notify)
{
    /// <summary>Whether one ended by this: the one of that cause, or whichever there is when it is null.</summary>
    public async Task<bool> Run(
        Caller caller, Account account, SuspensionCause? cause, DateTime now, CancellationToken stop)
    {
        if (await db.IsOverdue(account.Id, now, stop))
        {
            var lifted = await db.Accounts
                .Where(a => a.Id == account.Id && a.SuspendedFor != null && a.SuspendedFor != SuspensionCause.Unpaid)
                .Where(a => cause == null || a.SuspendedFor == cause)
                .ExecuteUpdateAsync(set => set.SetProperty(a => a.SuspendedFor, SuspensionCause.Unpaid), stop);
            var left = new AuditFact(AuditEvent.SuspensionLifted);
            if (lifted == 1) await db.Append(caller, account.Id, left, now, stop);
            // The operator may let somebody go on who owes; nothing else does.
            if (cause is not null || account.SuspendedFor != SuspensionCause.Unpaid) return false;
        }

        var ended = await db.Accounts.Confirmed()
            .Where(a => a.Id == account.Id && a.SuspendedAt != null)
            .Where(a => cause == null || a.SuspendedFor == cause)
            .ExecuteUpdateAsync(
                set => set.SetProperty(a => a.SuspendedAt, (DateTime?)null)
                    .SetProperty(a => a.SuspendedFor, (SuspensionCause?)null),
                stop);
        if (ended == 0) return false;
        await db.BeginAllMeters(account.Id, now, stop);
        var entry = await db.Append(caller, account.Id, new AuditFact(AuditEvent.AccountRestored), now, stop);
        await db.PublishAccount(entry, stop);
        await notify.Run(caller, account.Id, account.Address, Notice.AccountRestored, now, stop);
        return true;
    }
}
