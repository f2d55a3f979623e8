using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Gateways;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Disputes;

/// <summary>
/// Brings an account to where a dispute about its payment is. What was done about it stands in the audit log, so each
/// step is done once, and none that was decided goes back.
/// </summary>
public sealed class FollowDispute(
    Db db, PaymentProvider provider, ActOnDispute act, TimeProvider clock, ILogger<FollowDispute> log)
{
    /// <summary>
    /// Whether nothing is left to do; not while the provider does not answer. A dispute of a charge that is not ours
    /// needs nothing.
    /// </summary>
    public async Task<bool> Run(string disputeRef, CancellationToken stop)
    {
        var answer = await provider.FindDispute(disputeRef, stop);
        if (answer.Value is not { } found) return answer.State != AnswerState.Unknown;
        var payment = await db.Payments.AsNoTracking()
            .FirstOrDefaultAsync(p => p.ChargeRef == found.ChargeRef, stop);
        if (payment is null) return true;
        log.LogWarning(
            "payment.dispute: {Dispute} of payment {Payment} is {State}", found.Ref, payment.Id, found.State);
        if (found.State != DisputeState.Inquiry) await db.Write(() => Note(payment, found, stop), stop);
        return true;
    }

    private async Task<Done> Note(Payment payment, FoundDispute found, CancellationToken stop)
    {
        await db.QueueUp(payment.AccountId, stop);
        var subject = payment.Id.ToString("D");
        var done = await db.AuditEntries.AsNoTracking()
            .Where(e => e.AccountId == payment.AccountId && e.Subject == subject)
            .Select(e => e.Event).ToListAsync(stop);
        if (done.Contains(AuditEvent.DisputeWon) || done.Contains(AuditEvent.DisputeLost)) return Done.It;
        // Open once; and where the bank only asked, there is nothing to win.
        var isOpen = done.Contains(AuditEvent.PaymentDisputed);
        if (found.State == DisputeState.Open && isOpen) return Done.It;
        if (found.State == DisputeState.Won && !isOpen) return Done.It;
        await act.Run(payment, found, clock.UtcNow(), stop);
        return Done.It;
    }
}
