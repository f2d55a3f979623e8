using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Ledger;
using Gatehouse.Features.Suspensions;
using Gatehouse.Gateways;
using Gatehouse.Mail;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Disputes;

/// <summary>
/// Does what follows from where a dispute is. While the bank decides, the account is suspended; won, it goes on; lost,
/// the credits of it are gone, and only the operator lets it go on. Runs in the caller's transaction, after the account
/// was queued up.
/// </summary>
public sealed class ActOnDispute(
    Db db, BeginSuspension begin, EndSuspension end, TakeDisputed take, Postbox postbox)
{
    /// <summary>Never refuses.</summary>
    public async Task Run(Payment payment, FoundDispute found, DateTime now, CancellationToken stop)
    {
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == payment.AccountId, stop);
        var fact = new AuditFact(FactOf(found.State), payment.Id.ToString("D"));
        await db.Append(Caller.Server, account.Id, fact, now, stop);
        await db.SaveChangesAsync(stop); // Whether another one is open is read from there.
        var amount = Money.FromCents(found.Cents);
        if (found.State == DisputeState.Lost) await Lose(payment, amount, now, stop);
        if (found.State == DisputeState.Won)
            await end.Run(Caller.Server, account, SuspensionCause.Disputed, now, stop);
        else if (account.ClosedAt is null)
            await begin.Run(Caller.Server, account, SuspensionCause.Disputed, now, stop);
        if (account.ErasedAt is not null) return;
        var mail = new DisputeMail(amount, payment.Id, found.State, now);
        db.OutboxMails.Add(postbox.Write(account.Address, mail, now));
    }

    private async Task Lose(Payment payment, Money amount, DateTime now, CancellationToken stop)
    {
        await take.Run(payment.AccountId, amount, $"dispute:{payment.Id:D}", now, stop);
        // What the bank took is not paid back once more.
        var gone = amount.Nanos;
        await db.Payments.Where(p => p.Id == payment.Id).ExecuteUpdateAsync(
            set => set.SetProperty(
                p => p.RefundedNanos,
                p => p.RefundedNanos + gone > p.AmountNanos ? p.AmountNanos : p.RefundedNanos + gone),
            stop);
    }

    private static string FactOf(DisputeState state) => state switch
    {
        DisputeState.Inquiry or DisputeState.Open => AuditEvent.PaymentDisputed,
        DisputeState.Won => AuditEvent.DisputeWon,
        DisputeState.Lost => AuditEvent.DisputeLost,
    };
}
