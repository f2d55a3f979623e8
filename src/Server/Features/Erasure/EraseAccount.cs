using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Collaborators;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Erasure;

/// <summary>
/// Removes everything personal of a closed account: address, name, keys, cards, network addresses. What stays is an
/// empty shell with an opaque id, for bills and the audit chain, which never held anything personal. A card stays while
/// an invoice is still being collected from it, a week at most. Runs in the caller's transaction.
/// </summary>
public sealed class EraseAccount(Db db)
{
    /// <summary>Never refuses.</summary>
    public async Task Run(Caller caller, Account account, DateTime now, CancellationToken stop)
    {
        var id = account.Id;
        await db.Append(caller, id, new AuditFact(AuditEvent.AccountErased), now, stop);
        await db.SaveChangesAsync(stop);
        account.Erase(now);
        await db.ApiKeys.Where(k => k.AccountId == id).ExecuteDeleteAsync(stop);
        await db.SshKeys.Where(k => k.AccountId == id).ExecuteDeleteAsync(stop);
        await db.Sessions.Where(s => s.AccountId == id).ExecuteDeleteAsync(stop);
        await db.ExternalLogins.Where(l => l.AccountId == id).ExecuteDeleteAsync(stop);
        await db.ProviderVisits.Where(v => v.AccountId == id).ExecuteDeleteAsync(stop);
        await db.TerminalLogins.Where(t => t.AccountId == id).ExecuteDeleteAsync(stop);
        await db.SecondFactors.Where(f => f.AccountId == id).ExecuteDeleteAsync(stop);
        await db.RecoveryCodes.Where(c => c.AccountId == id).ExecuteDeleteAsync(stop);
        await db.PasswordResets.Where(r => r.AccountId == id).ExecuteDeleteAsync(stop);
        await db.EmailChanges.Where(c => c.AccountId == id).ExecuteDeleteAsync(stop);
        await db.LeaveAll(id, stop);
        await db.DropCards(id, stop);
        await db.CardSetups.Where(s => s.AccountId == id).ExecuteDeleteAsync(stop);
        // A payment keeps the charge, which a refund or a dispute needs, and nothing that its owner wrote.
        await db.Payments
            .Where(p => p.AccountId == id && p.State != PaymentState.Started && p.State != PaymentState.Waiting)
            .ExecuteUpdateAsync(
                set => set.SetProperty(p => p.RequestKey, p => "erased " + p.Id.ToString())
                    .SetProperty(p => p.CustomerRef, "").SetProperty(p => p.MethodRef, ""),
                stop);
        await db.Refunds.Where(r => r.AccountId == id)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Reason, ""), stop);
        await db.AuditContexts.Where(c => c.AccountId == id).ExecuteDeleteAsync(stop);
        await db.ForgetMessagesOf(id, stop);
    }
}
