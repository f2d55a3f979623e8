using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.Features.PromoCodes;

/// <summary>Which codes can be used, and by whom they were.</summary>
internal static class PromoQueries
{
    /// <summary>Codes whose time is not over and that have uses left.</summary>
    public static IQueryable<PromoCode> Usable(this IQueryable<PromoCode> codes, DateTime now) => codes
        .Where(promo => promo.ExpiresAt == null || promo.ExpiresAt > now)
        .Where(promo => promo.MostUses == null || promo.Uses < promo.MostUses);

    /// <summary>What stays of an address that used a code, when everything else of it is erased.</summary>
    public static byte[] HashOfRedeemer(this MasterKey key, string email) =>
        key.Hash(HashPurpose.Promo, $"address {email}");
}
