namespace Gatehouse.Domain;

/// <summary>What one tier allows. Where it comes from: contract 5, set under <c>Tiers</c>.</summary>
/// <param name="Apps">Apps of an account.</param>
/// <param name="Replicas">Replicas of one app.</param>
/// <param name="Smallest">The smallest replica.</param>
/// <param name="Largest">The largest replica.</param>
/// <param name="Databases">Databases of an account.</param>
/// <param name="DatabaseRows">Rows of one database; 0 for no limit.</param>
/// <param name="Collaborators">Collaborators of one app.</param>
/// <param name="Domains">Custom domains of one app.</param>
public sealed record TierLimits(
    int Apps, int Replicas, Size Smallest, Size Largest,
    int Databases, int DatabaseRows, int Collaborators, int Domains);

/// <summary>What a tier counts or measures.</summary>
public enum Limited
{
    /// <summary>Apps of an account.</summary>
    Apps,

    /// <summary>Replicas of an app.</summary>
    Replicas,

    /// <summary>Thousandths of a gigabyte of a replica.</summary>
    ReplicaSize,

    /// <summary>Databases of an account.</summary>
    Databases,

    /// <summary>Databases that are paid for.</summary>
    PaidDatabases,

    /// <summary>Collaborators of an app.</summary>
    Collaborators,

    /// <summary>Custom domains of an app.</summary>
    Domains,
}

/// <summary>
/// A limit of the tier that stands in the way, with all that helps: what is in use, which tier lifts it, what that
/// costs, so that nobody has to look it up.
/// </summary>
/// <param name="What">Which limit.</param>
/// <param name="Tier">The account's tier.</param>
/// <param name="InUse">How much of it is used.</param>
/// <param name="Most">How much the tier allows.</param>
public sealed record LimitInTheWay(Limited What, Tier Tier, long InUse, long Most)
{
    /// <summary>The tier that allows what was asked for; null when none does.</summary>
    public Tier? LiftedBy { get; init; }

    /// <summary>What that tier allows.</summary>
    public long? MostThere { get; init; }

    /// <summary>What one month of the thing that was asked for costs there.</summary>
    public Money? PriceFrom { get; init; }
}
