using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.WebConsole.Shared;

/// <summary>A tier in one line, made from the tariff.</summary>
internal static class TierText
{
    /// <summary>What it is for and what it costs.</summary>
    public static string Summary(Tier tier, Tariff tariff)
    {
        var limits = tariff.Of(tier);
        var apps = LimitText.Amount(Limited.Apps, limits.Apps);
        var databases = LimitText.Amount(Limited.Databases, limits.Databases);
        return tier switch
        {
            Tier.Free => $"no card needed: {apps} of {limits.Largest} GB, {databases}",
            Tier.Standard => $"paid by use, needs a card: {apps}, from "
                + $"{LimitText.Dollars(tariff.ReplicaMonth(limits.Smallest, 1))} a month for {limits.Smallest} GB",
        };
    }
}
