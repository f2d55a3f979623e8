namespace Gatehouse.Features.Accounts;

/// <summary>What is used of the limits of a tier; of those for one app, what the app with the most uses.</summary>
public sealed record AccountUse
{
    /// <summary>Apps.</summary>
    public required Use Apps { get; init; }

    /// <summary>Replicas of one app.</summary>
    public required Use ReplicasPerApp { get; init; }

    /// <summary>The size of a replica that runs, in gigabytes.</summary>
    public required Use ReplicaSize { get; init; }

    /// <summary>Databases.</summary>
    public required Use Databases { get; init; }

    /// <summary>Custom domains of one app.</summary>
    public required Use DomainsPerApp { get; init; }

    /// <summary>People of one app, its owner not counted.</summary>
    public required Use CollaboratorsPerApp { get; init; }

    /// <summary>SSH keys.</summary>
    public required Use SshKeys { get; init; }
}

/// <summary>One limit.</summary>
/// <param name="Used">What is used.</param>
/// <param name="Limit">What is allowed.</param>
public sealed record Use(decimal Used, decimal Limit);
