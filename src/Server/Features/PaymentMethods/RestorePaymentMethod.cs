using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.PaymentMethods;

/// <summary>
/// Undoes what was done to an account's cards since a time: those made since go, and the one that was current before is
/// current again. Runs in the caller's transaction.
/// </summary>
public sealed class RestorePaymentMethod(Db db)
{
    /// <summary>Never refuses.</summary>
    public async Task Run(Caller caller, Guid accountId, DateTime since, DateTime now, CancellationToken stop)
    {
        // However old: whoever opened the page may still know its address.
        await db.CardSetups
            .Where(s => s.AccountId == accountId && (s.DoneAt == null || s.CreatedAt >= since))
            .ExecuteDeleteAsync(stop);
        var gone = await db.PaymentMethods
            .Where(m => m.HolderId == accountId && m.CreatedAt >= since).ExecuteDeleteAsync(stop);
        if (gone == 0) return;
        var before = await db.PaymentMethods
            .Where(m => m.HolderId == accountId && m.ReplacedAt >= since)
            .OrderByDescending(m => m.CreatedAt)
            .Select(m => m.Id).FirstOrDefaultAsync(stop);
        await db.PaymentMethods
            .Where(m => m.Id == before)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.ReplacedAt, (DateTime?)null), stop);
        if (before == Guid.Empty) await BeginPrepaid(accountId, now, stop);
        var subject = before == Guid.Empty ? "" : before.ToString("D");
        await db.Append(caller, accountId, new AuditFact(AuditEvent.PaymentMethodRestored, subject), now, stop);
    }
    /// <summary>
    /// Without a card the account pays out of its credits from now on; what was used before is billed.
    /// </summary>
    private Task<int> BeginPrepaid(Guid accountId, DateTime now, CancellationToken stop)
    {
        var second = now.ToSecond();
        return db.Billings.Where(b => b.AccountId == accountId).ExecuteUpdateAsync(
            set => set.SetProperty(b => b.PrepaidUntil, second).SetProperty(b => b.PrepaidDueAt, 0L), stop);
    }
}
