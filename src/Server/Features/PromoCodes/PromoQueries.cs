using System.Text.RegularExpressions;
using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.Features.PromoCodes;

/// <summary>Which codes can be used, and by whom they were.</summary>
internal static partial class PromoQueries
{
    /// <summary>Codes whose time is not over and that have uses left.</summary>
    public static IQueryable<PromoCode> Usable(this IQueryable<PromoCode> codes, DateTime now) => codes
        .Where(promo => promo.ExpiresAt == null || promo.ExpiresAt > now)
        .Where(promo => promo.MostUses == null || promo.Uses < promo.MostUses);

    /// <summary>What a code looks like, in capitals.</summary>
    [GeneratedRegex(@"^[A-Z0-9][A-Z0-9_-]{1,39}\z", RegexOptions.None, 100)]
    internal static partial Regex Form();

    /// <summary>What stays of an address that used a code, when everything else of it is erased.</summary>
    public static byte[] HashOfRedeemer(this MasterKey key, string email) =>
        key.Hash(HashPurpose.Promo, $"address {email}");
}
