using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Gateways;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Credits;

/// <summary>
/// Notes how a payment went, once: mark, credits, audit log and receipt in one transaction. Whoever comes later finds
/// it noted; only money that came in after all, whatever was noted before, is still credited.
/// </summary>
public sealed class SettlePayment(
    Db db, BookPayment book, TellOfPayment tell, TimeProvider clock, ILogger<SettlePayment> log)
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
        var state = StateOf(answer.State);
        var decline = state == PaymentState.Declined ? answer.Decline?.Code ?? NeverMade : null;
        var settled = await Open(payment.Id, state).ExecuteUpdateAsync(
            set => set.SetProperty(p => p.State, state)
                .SetProperty(p => p.ChargeRef, p => answer.Value ?? p.ChargeRef)
                .SetProperty(p => p.Decline, decline)
                .SetProperty(p => p.SettledAt, state == PaymentState.Waiting ? null : now),
            stop);
        if (settled == 0) return await Read(payment.Id, stop);
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == payment.AccountId, stop);
        await Note(caller, payment, state, now, stop);
        if (state == PaymentState.Paid) await book.Run(account, payment, now, stop);
        else await tell.Run(caller, account, payment, answer with { Decline = Declined(decline) }, stop);
        return await Read(payment.Id, stop);
    }

    /// <summary>The payment, if it may become so: what is paid stays paid, and what is settled does not wait.</summary>
    private IQueryable<Payment> Open(Guid id, PaymentState next)
    {
        var one = db.Payments.Where(p => p.Id == id);
        return next switch
        {
            PaymentState.Paid => one.Where(p => p.State != PaymentState.Paid),
            PaymentState.Started or PaymentState.Waiting => one.Where(p => p.State == PaymentState.Started),
            PaymentState.Declined or PaymentState.Quarantined =>
                one.Where(p => p.State == PaymentState.Started || p.State == PaymentState.Waiting),
        };
    }

    private static PaymentState StateOf(AnswerState answer) => answer switch
    {
        AnswerState.Succeeded => PaymentState.Paid,
        AnswerState.Declined or AnswerState.Missing => PaymentState.Declined,
        AnswerState.Waiting => PaymentState.Waiting,
        AnswerState.Mismatched => PaymentState.Quarantined,
        AnswerState.Unknown => throw new InvalidOperationException("From no answer nothing is concluded."),
    };

    private static Decline? Declined(string? code) => code is null ? null : Declines.Of(code);

    private Task<Payment> Read(Guid id, CancellationToken stop) =>
        db.Payments.AsNoTracking().SingleAsync(p => p.Id == id, stop);

    private Task<AuditEntry> Note(
        Caller caller, Payment payment, PaymentState state, DateTime now, CancellationToken stop)
    {
        if (state == PaymentState.Quarantined)
            log.LogCritical("payment.quarantined: what the provider has of {Id} is not what was asked for", payment.Id);
        var what = state switch
        {
            PaymentState.Started => AuditEvent.PaymentStarted,
            PaymentState.Paid => AuditEvent.PaymentPaid,
            PaymentState.Declined => AuditEvent.PaymentDeclined,
            PaymentState.Waiting => AuditEvent.PaymentToConfirm,
            PaymentState.Quarantined => AuditEvent.PaymentQuarantined,
        };
        var fact = new AuditFact(what, payment.Id.ToString("D"), caller.Key?.KeyId);
        return db.Append(caller, payment.AccountId, fact, now, stop);
    }
}
