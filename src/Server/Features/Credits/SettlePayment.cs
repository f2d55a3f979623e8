using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Debts;
using Gatehouse.Features.Notices;
using Gatehouse.Gateways;
using Gatehouse.Mail;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Credits;

/// <summary>
/// Notes how a payment went, once: mark, credits, audit log and receipt in one transaction. Whoever comes later finds
/// it noted; only a charge that was given up as never made, and was made after all, is still credited.
/// </summary>
public sealed class SettlePayment(Db db, BookPayment book, DeferDebt defer, Notify notify, TimeProvider clock)
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
            .Where(p => p.Id == payment.Id)
            .Where(p => p.State == PaymentState.Started
                || (isPaid && p.State == PaymentState.Declined && p.Decline == NeverMade))
            .ExecuteUpdateAsync(
                set => set.SetProperty(p => p.State, state)
                    .SetProperty(p => p.ChargeRef, answer.Value)
                    .SetProperty(p => p.Decline, decline)
                    .SetProperty(p => p.SettledAt, now),
                stop);
        if (settled == 0) return await Read(payment.Id, stop);
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == payment.AccountId, stop);
        await Note(caller, payment, isPaid ? AuditEvent.PaymentPaid : AuditEvent.PaymentDeclined, now, stop);
        if (isPaid) await book.Run(account, payment, now, stop);
        else await Tell(caller, account, payment, decline!, now, stop);
        return await Read(payment.Id, stop);
    }

    private async Task Tell(
        Caller caller, Account account, Payment payment, string decline, DateTime now, CancellationToken stop)
    {
        if (payment.InvoiceNumber is { } number)
            await defer.Run(account, number, Declines.Of(decline).Sentence, now, stop);
        // Also when somebody waits for the answer: that need not be the owner.
        else if (account.ErasedAt is null)
            await notify.Run(caller, account.Id, account.Address, Notice.PaymentFailed, now, stop);
    }

    private Task<Payment> Read(Guid id, CancellationToken stop) =>
        db.Payments.AsNoTracking().SingleAsync(p => p.Id == id, stop);

    private Task Note(Caller caller, Payment payment, string what, DateTime now, CancellationToken stop) => db.Append(
        caller, payment.AccountId, new AuditFact(what, payment.Id.ToString("D"), caller.Key?.KeyId), now, stop);
}
