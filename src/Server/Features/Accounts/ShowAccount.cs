using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;

namespace Gatehouse.Features.Accounts;

/// <summary>
/// The status of the caller's account: who, which tier, what is used of its limits, how many credits.
/// </summary>
public sealed class ShowAccount(HotReads reads, Tariff tariff, TimeProvider clock)
{
    /// <summary>Refuses with <see cref="Reason.NotLoggedIn"/> or <see cref="Reason.ScopeMissing"/>.</summary>
    public async Task<Outcome<AccountStatus>> Run(Caller caller, CancellationToken stop)
    {
        if (!caller.Holder(Scope.AccountRead).Is(out var id, out var refusal)) return refusal;
        if ((caller.Facts ?? await reads.FindFacts(id, clock.UtcNow(), stop)) is not { } facts)
            return Reason.NotLoggedIn;
        return new AccountStatus(facts.Email, facts.UserName, facts.Tier, new Money(facts.CreditNanos))
        {
            Id = facts.Id,
            CreatedAt = facts.CreatedAt,
            IsConfirmed = facts.IsConfirmed,
            Standing = StandingOf(facts),
            SuspendedFor = facts.SuspendedFor,
            Google = facts.Google,
            HasPassword = facts.HasPassword,
            RecoveryCodesLeft = facts.RecoveryCodesLeft,
            Limits = UseOf(facts, tariff.Of(facts.Tier)),
        };
    }

    private static Standing StandingOf(AccountFacts facts) => facts switch
    {
        { IsSuspended: true } => Standing.Suspended,
        { Tier: Tier.Standard, HasMethod: false } => Standing.Prepaid,
        _ => Standing.Active,
    };

    private static AccountUse UseOf(AccountFacts facts, TierLimits limits) => new()
    {
        Apps = new Use(facts.Apps, limits.Apps),
        Databases = new Use(facts.Databases, limits.Databases),
        SshKeys = new Use(facts.SshKeys, SshKey.MostPerAccount),
        ReplicasPerApp = new Use(facts.Replicas, limits.Replicas),
        ReplicaSize = new Use(new Size(facts.SizeMilli).Gigabytes, limits.Largest.Gigabytes),
        DomainsPerApp = new Use(facts.Domains, limits.Domains),
        CollaboratorsPerApp = new Use(facts.Collaborators, limits.Collaborators),
    };
}

/// <summary>What an account's owner sees of it first.</summary>
public sealed record AccountStatus(string Email, string UserName, Tier Tier, Money Credits)
{
    /// <summary>Opaque.</summary>
    public required Guid Id { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>Says whether the address was proven.</summary>
    public required bool IsConfirmed { get; init; }

    /// <summary>What the account may do at all.</summary>
    public required Standing Standing { get; init; }

    /// <summary>Why it is suspended, as far as that is known; null while it is not.</summary>
    public SuspensionCause? SuspendedFor { get; init; }

    /// <summary>The Google account that opens it too, by its address when it was linked; null for none.</summary>
    public required string? Google { get; init; }

    /// <summary>Says whether a password opens it; if not, the Google account alone does.</summary>
    public required bool HasPassword { get; init; }

    /// <summary>How many recovery codes are left; null where no second factor is on.</summary>
    public int? RecoveryCodesLeft { get; init; }

    /// <summary>What the tier allows, and what is used of it.</summary>
    public required AccountUse Limits { get; init; }
}

/// <summary>What an account may do at all.</summary>
public enum Standing
{
    /// <summary>Everything its tier allows.</summary>
    Active,

    /// <summary>The same, out of its credits, because there is no payment method.</summary>
    Prepaid,

    /// <summary>Look, pay and leave.</summary>
    Suspended,
}
