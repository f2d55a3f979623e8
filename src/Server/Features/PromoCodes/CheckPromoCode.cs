using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.PromoCodes;

/// <summary>
/// Looks at a code before the step that redeems it. Tries are counted before they are judged; one that is good is given
/// back. Never runs in a transaction.
/// </summary>
public sealed class CheckPromoCode(Db db, RateLimits limits, Settings settings, MasterKey key, TimeProvider clock)
{
    private const int Longest = 40;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>
    /// The code in capitals. Refuses with <see cref="Reason.InvalidToken"/> or <see cref="Reason.TooManyAttempts"/>.
    /// </summary>
    public async Task<Outcome<string>> Run(Caller caller, PromoTry wanted, CancellationToken stop)
    {
        Limit[] tries =
        [
            new Limit("promo-tries", wanted.HolderId.ToString("D"), settings.Limits.PromoTries, Hour),
            new Limit("promo-tries-address", caller.Host, settings.Limits.PromoTriesPerAddress, Hour),
        ];
        if ((await limits.Take(tries, stop)).Refusal is { } tooMany) return tooMany;
        var code = wanted.Text.Trim().ToUpperInvariant();
        if (code.Length is 0 or > Longest || !await IsGood(code, wanted, stop))
            return new Refusal(Reason.InvalidToken, Field.PromoCode);
        await db.Write(() => GiveBack(tries, stop), stop);
        return code;
    }

    private async Task<bool> IsGood(string code, PromoTry wanted, CancellationToken stop)
    {
        if (!await db.PromoCodes.Usable(clock.UtcNow()).AnyAsync(promo => promo.Code == code, stop)) return false;
        var address = key.HashOfRedeemer(wanted.Email);
        return !await db.PromoRedemptions
            .Where(used => used.Code == code)
            .AnyAsync(used => used.AccountId == wanted.HolderId || used.AddressHash == address, stop);
    }

    private async Task<Done> GiveBack(Limit[] tries, CancellationToken stop)
    {
        await limits.GiveBack(tries, stop);
        return Done.It;
    }
}

/// <summary>A code that somebody tries.</summary>
/// <param name="HolderId">The account; the sign-up while there is no account yet.</param>
/// <param name="Email">The canonical address.</param>
/// <param name="Text">As typed.</param>
public sealed record PromoTry(Guid HolderId, string Email, string Text);
