using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Credits;
using Gatehouse.Features.Debts;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Invoices;

/// <summary>
/// Tries to collect what is owed of an invoice: from credits first, then from the payment method. The payment is a row
/// before the provider hears of it, so an invoice is never charged twice; while one is under way no other begins. What
/// is too little for a card waits, without any reminder, and is charged with the next invoice.
/// </summary>
public sealed class CollectInvoice(
    Db db, PayDebt payDebt, DeferDebt defer, ChargePayment charge, TimeProvider clock)
{
    // A payment that is under way is settled by its own job.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    /// <summary>Never refuses: how it went stands at the invoice.</summary>
    public async Task Run(Guid accountId, long number, CancellationToken stop)
    {
        var payment = await db.Write(() => Begin(accountId, number, stop), stop);
        if (payment is not null) await charge.Run(Caller.Server, payment, stop);
    }

    private async Task<Payment?> Begin(Guid accountId, long number, CancellationToken stop)
    {
        await db.QueueUp(accountId, stop);
        var now = clock.UtcNow();
        var debt = await db.InvoiceDebts.AsNoTracking().SingleAsync(d => d.Number == number, stop);
        if (debt.NextTryAt is null || debt.NextTryAt > now) return null;
        var isUnderWay = await db.Payments.AnyAsync(
            p => p.AccountId == accountId && p.InvoiceNumber != null
                && p.State != PaymentState.Paid && p.State != PaymentState.Declined,
            stop);
        if (isUnderWay) return await TryAt(number, now + Patience, stop);
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == accountId, stop);
        if (await payDebt.Run(account, number, payment: null, now, stop)) return null;
        var owed = await db.ChargedWith(accountId, number).SumAsync(d => d.OpenNanos, stop);
        if (owed < InvoiceDebt.LeastCharge.Nanos) return await TryAt(number, moment: null, stop);
        var method = await db.PaymentMethods.AsNoTracking()
            .SingleOrDefaultAsync(m => m.HolderId == accountId && m.ReplacedAt == null, stop);
        if (method is not null) return await Start(account, number, new Money(owed), method, now, stop);
        await defer.Run(account, number, "There is no payment method.", now, stop);
        return null;
    }

    private async Task<Payment?> TryAt(long number, DateTime? moment, CancellationToken stop)
    {
        await db.InvoiceDebts.Where(d => d.Number == number)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.NextTryAt, moment), stop);
        return null;
    }

    private async Task<Payment> Start(
        Account account, long number, Money owed, PaymentMethod method, DateTime now, CancellationToken stop)
    {
        var tries = await db.Payments.CountAsync(p => p.InvoiceNumber == number, stop);
        var key = string.Create(CultureInfo.InvariantCulture, $"invoice {number} try {tries + 1}");
        var payment = new Payment
        {
            Id = Guid.CreateVersion7(now),
            AccountId = account.Id,
            Purpose = PaymentPurpose.Invoice,
            InvoiceNumber = number,
            AmountNanos = owed.Nanos,
            State = PaymentState.Started,
            RequestKey = key,
            RequestHash = SHA256.HashData(Encoding.UTF8.GetBytes(key)),
            CustomerRef = method.CustomerRef,
            MethodRef = method.MethodRef,
            CreatedAt = now,
        };
        db.Payments.Add(payment);
        var fact = new AuditFact(AuditEvent.PaymentStarted, payment.Id.ToString("D"));
        await db.Append(Caller.Server, account.Id, fact, now, stop);
        await TryAt(number, now + Patience, stop);
        return payment;
    }
}
