using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Debts;
using Gatehouse.Features.Notices;
using Gatehouse.Gateways;
using Gatehouse.Mail;
using Gatehouse.Platform;

namespace Gatehouse.Features.Credits;

/// <summary>
/// Tells whom it concerns that a payment was refused, or that a bank waits for its customer. Runs in the caller's
/// transaction, after the account was queued up.
/// </summary>
public sealed class TellOfPayment(Db db, DeferDebt defer, Notify notify, Postbox postbox, TimeProvider clock)
{
    /// <summary>Never refuses.</summary>
    public async Task Run(
        Caller caller, Account account, Payment payment, Answered<string> answer, CancellationToken stop)
    {
        var now = clock.UtcNow();
        if (answer.Link is { } link && account.ErasedAt is null)
        {
            var mail = new ConfirmPaymentMail(new Money(payment.AmountNanos), payment.InvoiceNumber, link, now);
            db.OutboxMails.Add(postbox.Write(account.Address, mail, now));
        }

        if (answer.Decline is not { } decline) return;
        if (payment.InvoiceNumber is { } number) await defer.Run(account, number, decline.Sentence, now, stop);
        // Also when somebody waits for the answer: that need not be the owner.
        else if (account.ErasedAt is null)
            await notify.Run(caller, account.Id, account.Address, Notice.PaymentFailed, now, stop);
    }
}
