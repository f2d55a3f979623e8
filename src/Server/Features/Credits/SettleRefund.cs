using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Ledger;
using Gatehouse.Gateways;
using Gatehouse.Mail;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Credits;

/// <summary>
/// Notes how a refund went, once: mark, audit log and mail in one transaction, or, where the provider refused, the mark
/// with the credits back. Whoever comes later finds it noted; only where a bank does not take the money, days later,
/// the credits still come back.
/// </summary>
public sealed class SettleRefund(Db db, ReversePosting reverse, Postbox postbox, TimeProvider clock)
{
    /// <summary>The refund as it is then. Never refuses.</summary>
    public Task<Refund> Run(Refund refund, Answered<string> answer, CancellationToken stop) =>
        db.Write(() => Settle(refund, answer, stop), stop);

    private async Task<Refund> Settle(Refund refund, Answered<string> answer, CancellationToken stop)
    {
        await db.QueueUp(refund.AccountId, stop);
        var now = clock.UtcNow();
        var isPaid = answer.State == AnswerState.Succeeded;
        var state = isPaid ? RefundState.Paid : RefundState.Declined;
        var reason = await db.Refunds.Where(r => r.Id == refund.Id).Select(r => r.Reason).SingleAsync(stop);
        var settled = await db.Refunds
            .Where(r => r.Id == refund.Id)
            .Where(r => r.State == RefundState.Started || (!isPaid && r.State == RefundState.Paid))
            .ExecuteUpdateAsync(
                set => set.SetProperty(r => r.State, state)
                    .SetProperty(r => r.RefundRef, r => answer.Value ?? r.RefundRef)
                    .SetProperty(r => r.Reason, "")
                    .SetProperty(r => r.SettledAt, now),
                stop);
        if (settled == 1 && isPaid) await Tell(refund, reason, now, stop);
        if (settled == 1 && !isPaid) await GiveBack(refund, now, stop);
        return await db.Refunds.AsNoTracking().SingleAsync(r => r.Id == refund.Id, stop);
    }

    /// <summary>It was the operator's doing, whoever finished it.</summary>
    private async Task Tell(Refund refund, string reason, DateTime now, CancellationToken stop)
    {
        var fact = new AuditFact(AuditEvent.PaymentRefunded, $"{refund.PaymentId:D}");
        await db.Append(Caller.Operator.Because(reason), refund.AccountId, fact, now, stop);
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == refund.AccountId, stop);
        if (account.ErasedAt is not null) return;
        var mail = new RefundMail(new Money(refund.AmountNanos), refund.PaymentId, now);
        db.OutboxMails.Add(postbox.Write(account.Address, mail, now));
    }

    private async Task GiveBack(Refund refund, DateTime now, CancellationToken stop)
    {
        var reversed = await reverse.Run(refund.PostingId, "the refund was refused", now, stop);
        if (reversed.Refusal is { } refusal)
            throw new InvalidOperationException($"{Refund.RequestKeyOf(refund.Id)}: {refusal.Reason}");
        await db.Payments.Where(p => p.Id == refund.PaymentId).ExecuteUpdateAsync(
            set => set.SetProperty(p => p.RefundedNanos, p => p.RefundedNanos - refund.AmountNanos), stop);
    }
}
