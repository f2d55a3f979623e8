using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Features.Invoices;
using Gatehouse.Mail;

namespace Gatehouse.Features.Accounts;

/// <summary>
/// The closing itself: the last invoice, the end of every key and login, and the mail with the link that undoes it.
/// Runs in the caller's transaction, after the account was queued up.
/// </summary>
public sealed class EndAccount(Db db, IssueFinalInvoice invoice, EndAccess endAccess, ClosingMail mail)
{
    /// <summary>Never refuses.</summary>
    public async Task Run(Caller caller, Account account, DateTime now, CancellationToken stop)
    {
        var token = OneTimeToken.NewLink();
        await invoice.Run(account, now, stop);
        var fact = new AuditFact(AuditEvent.AccountClosed, KeyId: caller.Key?.KeyId);
        var entry = await db.Append(caller, account.Id, fact, now, stop);
        account.Close(mail.HashOf(token), now);
        await db.PublishAccount(entry, stop);
        await endAccess.Run(account.Id, new Access(Keys: true), stop);
        db.OutboxMails.Add(mail.Write(caller, account, token, now));
    }
}
