using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Ledger;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.PromoCodes;

/// <summary>
/// Gives an account the credits of a code: once to each account, address and card, and never more often in all than the
/// code allows, which one conditional statement counts. Runs in the caller's transaction, before anything else changes
/// there: a refusal leaves nothing behind. Two at once with the same card meet in the database, which throws.
/// </summary>
public sealed class RedeemPromoCode(Db db, GrantCredits grant, MasterKey key)
{
    /// <summary>Refuses with <see cref="Reason.InvalidToken"/>, whatever is wrong with the code.</summary>
    public async Task<Outcome<Done>> Run(Redemption wanted, DateTime now, CancellationToken stop)
    {
        var address = key.HashOfRedeemer(wanted.Email);
        var card = wanted.CardFingerprint is { } fingerprint
            ? key.Hash(HashPurpose.Promo, $"card {Convert.ToHexStringLower(fingerprint)}")
            : null;
        var isUsed = await db.PromoRedemptions
            .Where(used => used.Code == wanted.Code)
            .AnyAsync(
                used => used.AccountId == wanted.AccountId || used.AddressHash == address
                    || (card != null && used.CardHash == card),
                stop);
        if (isUsed) return Invalid;
        var counted = await db.PromoCodes.Usable(now)
            .Where(promo => promo.Code == wanted.Code)
            .ExecuteUpdateAsync(set => set.SetProperty(promo => promo.Uses, promo => promo.Uses + 1), stop);
        if (counted == 0) return Invalid;
        db.PromoRedemptions.Add(new PromoRedemption
        {
            Id = Guid.CreateVersion7(now),
            Code = wanted.Code,
            AccountId = wanted.AccountId,
            AddressHash = address,
            CardHash = card,
            RedeemedAt = now,
        });
        await db.SaveChangesAsync(stop);
        await Give(wanted, now, stop);
        return Done.It;
    }

    private static Refusal Invalid => new(Reason.InvalidToken, Field.PromoCode);

    private async Task Give(Redemption wanted, DateTime now, CancellationToken stop)
    {
        var nanos = await db.PromoCodes.Where(p => p.Code == wanted.Code).Select(p => p.CreditNanos).SingleAsync(stop);
        var requestKey = $"promo:{wanted.Code}:{wanted.AccountId:D}";
        var given = await grant.Run(
            new Grant(wanted.AccountId, new Money(nanos), ExpiresAt: null, requestKey, $"promo {wanted.Code}"),
            now,
            stop);
        if (given.Refusal is { } refusal)
            throw new InvalidOperationException($"{requestKey} was refused: {refusal.Reason}");
    }
}

/// <summary>Who redeems what; whoever lets it happen notes it in the audit log.</summary>
/// <param name="AccountId">The account that gets the credits.</param>
/// <param name="Email">Its canonical address.</param>
/// <param name="CardFingerprint">Of its card, as a keyed hash; null without a card.</param>
/// <param name="Code">In capitals, as <see cref="CheckPromoCode"/> answered it.</param>
public sealed record Redemption(Guid AccountId, string Email, byte[]? CardFingerprint, string Code);
