using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Debts;
using Gatehouse.Features.Ledger;
using Gatehouse.Mail;

namespace Gatehouse.Features.Credits;

/// <summary>
/// Books money that came in: for the invoice that it was asked for, or as credits. What comes for an invoice that is
/// paid already becomes credits too. Runs in the caller's transaction, after the account was queued up.
/// </summary>
public sealed class BookPayment(Db db, AddPaidCredits addCredits, PayDebt payDebt, Postbox postbox)
{
    /// <summary>Never refuses.</summary>
    public async Task Run(Account account, Payment payment, DateTime now, CancellationToken stop)
    {
        if (payment.InvoiceNumber is { } number && await payDebt.Run(account, number, payment, now, stop)) return;
        var (amount, requestKey) = (new Money(payment.AmountNanos), $"payment:{payment.Id:D}");
        var added = await addCredits.Run(payment.AccountId, amount, requestKey, now, stop);
        if (added.Refusal is { } refusal) throw new InvalidOperationException($"{requestKey}: {refusal.Reason}");
        await db.CollectAgain(account.Id, now, stop);
        if (account.ErasedAt is not null) return;
        db.OutboxMails.Add(postbox.Write(account.Address, new ReceiptMail(amount, payment.Id, now), now));
    }
}
