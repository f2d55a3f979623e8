using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.Features.Apps;

/// <summary>Refusals that name the limit of the tier, and what would lift it.</summary>
internal static class TierRefusal
{
    /// <summary>One more of what is counted, and there is no more.</summary>
    /// <param name="tariff">What the tiers allow.</param>
    /// <param name="what">What is counted.</param>
    /// <param name="tier">The tier of whoever pays.</param>
    /// <param name="inUse">How much of it is used.</param>
    public static Refusal OneMore(this Tariff tariff, Limited what, Tier tier, long inUse)
    {
        var month = what is Limited.Databases or Limited.PaidDatabases
            ? tariff.Databases[0].Month
            : tariff.ReplicaMonth(tariff.Of(Tier.Standard).Smallest, 1);
        return tariff.Beyond(what, tier, inUse, inUse + 1, month);
    }

    /// <summary>So much was wanted, and the tier allows less.</summary>
    /// <param name="tariff">What the tiers allow.</param>
    /// <param name="what">What is counted or measured.</param>
    /// <param name="tier">The tier of whoever pays.</param>
    /// <param name="inUse">How much of it is used.</param>
    /// <param name="wanted">How much would be.</param>
    /// <param name="month">What a month of that costs where it is allowed.</param>
    public static Refusal Beyond(
        this Tariff tariff, Limited what, Tier tier, long inUse, long wanted, Money month)
    {
        var limit = new LimitInTheWay(what, tier, inUse, tariff.Most(what, tier));
        var isLifted = tier == Tier.Free && wanted <= tariff.Most(what, Tier.Standard);
        return new Refusal(Reason.TierLimit)
        {
            Limit = isLifted
                ? limit with
                {
                    LiftedBy = Tier.Standard,
                    MostThere = tariff.Most(what, Tier.Standard),
                    PriceFrom = month,
                }
                : limit,
        };
    }

    /// <summary>How much of it a tier allows.</summary>
    private static long Most(this Tariff tariff, Limited what, Tier tier)
    {
        var limits = tariff.Of(tier);
        return what switch
        {
            Limited.Apps => limits.Apps,
            Limited.Replicas => limits.Replicas,
            Limited.ReplicaSize => limits.Largest.Milli,
            Limited.Databases => limits.Databases,
            Limited.PaidDatabases => tier == Tier.Free ? 0 : limits.Databases,
            Limited.Collaborators => limits.Collaborators,
            Limited.Domains => limits.Domains,
        };
    }
}
