using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Ledger;
using Gatehouse.Features.Notices;
using Gatehouse.Gateways;
using Gatehouse.Mail;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Credits;

/// <summary>
/// Notes how a payment went, once: mark, credits, audit log and receipt in one transaction. Whoever comes later finds
/// it noted.
/// </summary>
public sealed class SettlePayment(
    Db db, AddPaidCredits addCredits, Notify notify, Postbox postbox, TimeProvider clock)
{
    private const string NeverMade = "never_made";

    /// <summary>The payment as it is then. Never refuses.</summary>
    public Task<Payment> Run(Caller caller, Payment payment, Answered<string> answer, CancellationToken stop) =>
        db.Write(() => Settle(caller, payment, answer, stop), stop);

    private async Task<Payment> Settle(
        Caller caller, Payment payment, Answered<string> answer, CancellationToken stop)
    {
        await db.QueueUp(payment.AccountId, stop);
        var now = clock.UtcNow();
        var isPaid = answer.State == AnswerState.Succeeded;
        var state = isPaid ? PaymentState.Paid : PaymentState.Declined;
        var decline = isPaid ? null : answer.Decline?.Code ?? NeverMade;
        var settled = await db.Payments
            .Where(p => p.Id == payment.Id && p.State == PaymentState.Started)
            .ExecuteUpdateAsync(
                set => set.SetProperty(p => p.State, state)
                    .SetProperty(p => p.ChargeRef, answer.Value)
                    .SetProperty(p => p.Decline, decline)
                    .SetProperty(p => p.SettledAt, now),
                stop);
        if (settled == 1 && isPaid) await Credit(caller, payment, now, stop);
        if (settled == 1 && !isPaid) await Tell(caller, payment, now, stop);
        return await db.Payments.AsNoTracking().SingleAsync(p => p.Id == payment.Id, stop);
    }

    private async Task Credit(Caller caller, Payment payment, DateTime now, CancellationToken stop)
    {
        var (amount, requestKey) = (new Money(payment.AmountNanos), $"payment:{payment.Id:D}");
        var added = await addCredits.Run(payment.AccountId, amount, requestKey, now, stop);
        if (added.Refusal is { } refusal) throw new InvalidOperationException($"{requestKey}: {refusal.Reason}");
        await Note(caller, payment, AuditEvent.PaymentPaid, now, stop);
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == payment.AccountId, stop);
        if (account.ErasedAt is not null) return;
        db.OutboxMails.Add(postbox.Write(account.Address, new ReceiptMail(amount, payment.Id, now), now));
    }

    private async Task Tell(Caller caller, Payment payment, DateTime now, CancellationToken stop)
    {
        await Note(caller, payment, AuditEvent.PaymentDeclined, now, stop);
        // Whoever waits for the answer reads it there.
        if (caller != Caller.Server) return;
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == payment.AccountId, stop);
        if (account.ErasedAt is null)
            await notify.Run(caller, account.Id, account.Address, Notice.PaymentFailed, now, stop);
    }

    private Task Note(Caller caller, Payment payment, string what, DateTime now, CancellationToken stop) => db.Append(
        caller, payment.AccountId, new AuditFact(what, payment.Id.ToString("D"), caller.Key?.KeyId), now, stop);
}
