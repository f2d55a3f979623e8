using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Gateways;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.PaymentMethods;

/// <summary>
/// Makes a stored card the current one of its holder. The one before stays, marked as replaced: a hijacked account gets
/// it back. Runs in the caller's transaction.
/// </summary>
public sealed class KeepPaymentMethod(Db db, PaymentProvider provider, MasterKey key)
{
    /// <summary>The method. Never refuses.</summary>
    public async Task<PaymentMethod> Run(Guid holderId, StoredCard card, DateTime now, CancellationToken stop)
    {
        // Of two cards at once the later one waits here, and replaces the other.
        await db.QueueUp(holderId, stop);
        await db.PaymentMethods
            .Where(m => m.HolderId == holderId && m.ReplacedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.ReplacedAt, now), stop);
        var method = new PaymentMethod
        {
            Id = Guid.CreateVersion7(now),
            HolderId = holderId,
            Provider = provider.Name,
            CustomerRef = card.CustomerRef,
            MethodRef = card.MethodRef,
            Brand = card.Brand,
            Last4 = card.Last4,
            ExpiryMonth = card.ExpiryMonth,
            ExpiryYear = card.ExpiryYear,
            Fingerprint = Fingerprint(card),
            CreatedAt = now,
        };
        db.PaymentMethods.Add(method);
        await db.SaveChangesAsync(stop);
        await db.CollectAgain(holderId, now, stop);
        return method;
    }

    /// <summary>The same for the same card, whoever has it stored.</summary>
    internal byte[] Fingerprint(StoredCard card) =>
        key.Hash(HashPurpose.Card, $"{provider.Name} {card.Fingerprint}");
}
