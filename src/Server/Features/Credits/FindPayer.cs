using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.PaymentMethods;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Credits;

/// <summary>
/// The card that pays: the one that comes along, which is for this payment alone, or the one on file. Never runs in a
/// transaction.
/// </summary>
public sealed class FindPayer(Db db, StoreCard storeCard, TimeProvider clock)
{
    /// <summary>Refuses with <see cref="Reason.CardRequired"/>, or what <see cref="StoreCard"/> refuses.</summary>
    public async Task<Outcome<Payer>> Run(Guid accountId, Purchase wanted, CancellationToken stop)
    {
        if (wanted.StripeToken is not null)
        {
            var request = wanted.RequestKey ?? $"{Guid.CreateVersion7(clock.UtcNow()):D}";
            var stored = await storeCard.Run(
                accountId, wanted.StripeToken, $"payer:{accountId:D}:{request}", stop);
            return stored.Match<Outcome<Payer>>(
                card => new Payer(card.CustomerRef, card.MethodRef), refusal => refusal);
        }

        var onFile = await db.PaymentMethods
            .Where(m => m.HolderId == accountId && m.ReplacedAt == null)
            .Select(m => new Payer(m.CustomerRef, m.MethodRef))
            .SingleOrDefaultAsync(stop);
        return onFile is null ? Reason.CardRequired : onFile;
    }
}

/// <summary>A card at the provider.</summary>
public sealed record Payer(string CustomerRef, string MethodRef);
