using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Notices;
using Gatehouse.Gateways;
using Gatehouse.Mail;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.PaymentMethods;

/// <summary>
/// Gives an account another card: the row, the line of the audit log and the notice. Runs in the caller's transaction.
/// </summary>
public sealed class ReplacePaymentMethod(Db db, KeepPaymentMethod keep, Notify notify)
{
    /// <summary>The method. Never refuses.</summary>
    public async Task<PaymentMethod> Run(
        Caller caller, Guid accountId, StoredCard card, DateTime now, CancellationToken stop)
    {
        var method = await keep.Run(accountId, card, now, stop);
        var fact = new AuditFact(AuditEvent.PaymentMethodSet, method.Id.ToString("D"), caller.Key?.KeyId);
        await db.Append(caller, accountId, fact, now, stop);
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == accountId, stop);
        await notify.Run(caller, accountId, account.Address, Notice.PaymentMethodSet, now, stop);
        return method;
    }
}
