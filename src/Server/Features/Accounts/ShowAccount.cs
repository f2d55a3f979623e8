using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Accounts;

/// <summary>
/// The status of the caller's account: who, which tier, what is used of its limits, how many credits.
/// </summary>
public sealed class ShowAccount(Db db, Tariff tariff, TimeProvider clock)
{
    /// <summary>Refuses with <see cref="Reason.NotLoggedIn"/> or <see cref="Reason.ScopeMissing"/>.</summary>
    public async Task<Outcome<AccountStatus>> Run(Caller caller, CancellationToken stop)
    {
        if (!caller.Holder(Scope.AccountRead).Is(out var id, out var refusal)) return refusal;
        var (spendable, codes) = (db.SpendableOf(id, clock.UtcNow()), db.RecoveryCodesLeftOf(id));
        if (await Look(id, spendable, codes, stop) is not { } seen) return Reason.NotLoggedIn;
        var account = seen.Account;
        return new AccountStatus(account.EmailSpelling, account.UserName, account.Tier, new Money(seen.CreditNanos))
        {
            Id = account.Id,
            CreatedAt = account.CreatedAt,
            IsConfirmed = account.EmailConfirmedAt is not null,
            Standing = StandingOf(seen),
            SuspendedFor = account.SuspendedFor,
            Google = seen.Google,
            HasPassword = account.PasswordHash is not null,
            RecoveryCodesLeft = seen.RecoveryCodes,
            Limits = UseOf(seen, tariff.Of(account.Tier)),
        };
    }

    /// <summary>All in one statement: people and programs ask for this more often than for anything else.</summary>
    private Task<Seen?> Look(Guid id, IQueryable<long> spendable, IQueryable<int?> codes, CancellationToken stop) => db
        .Accounts.AsNoTracking()
        .Where(a => a.Id == id)
        .Select(a => new Seen(a)
        {
            CreditNanos = spendable.Sum(),
            HasMethod = db.PaymentMethods.Any(m => m.HolderId == id && m.ReplacedAt == null),
            Google = db.ExternalLogins.Where(l => l.AccountId == id).Select(l => l.EmailSpelling).FirstOrDefault(),
            RecoveryCodes = codes.FirstOrDefault(),
            SshKeys = db.SshKeys.Count(k => k.AccountId == id),
            Replicas = db.Apps.Where(app => app.OwnerId == id).Max(app => (int?)app.Replicas) ?? 0,
            SizeMilli = db.Apps
                .Where(app => app.OwnerId == id && app.Replicas > 0)
                .Max(app => (int?)app.SizeMilli) ?? 0,
            Domains = db.Apps.Where(app => app.OwnerId == id).Max(app => (int?)app.DomainCount) ?? 0,
            People = db.Apps.Where(app => app.OwnerId == id).Max(app => (int?)app.CollaboratorCount) ?? 0,
        })
        .SingleOrDefaultAsync(stop);

    private static Standing StandingOf(Seen seen) => seen switch
    {
        { Account.SuspendedAt: not null } => Standing.Suspended,
        { Account.Tier: Tier.Standard, HasMethod: false } => Standing.Prepaid,
        _ => Standing.Active,
    };

    private static AccountUse UseOf(Seen seen, TierLimits limits) => new()
    {
        Apps = new Use(seen.Account.AppCount, limits.Apps),
        Databases = new Use(seen.Account.DatabaseCount, limits.Databases),
        SshKeys = new Use(seen.SshKeys, SshKey.MostPerAccount),
        ReplicasPerApp = new Use(seen.Replicas, limits.Replicas),
        ReplicaSize = new Use(new Size(seen.SizeMilli).Gigabytes, limits.Largest.Gigabytes),
        DomainsPerApp = new Use(seen.Domains, limits.Domains),
        CollaboratorsPerApp = new Use(seen.People, limits.Collaborators),
    };

    private sealed record Seen(Account Account)
    {
        public required long CreditNanos { get; init; }

        public required bool HasMethod { get; init; }

        public required string? Google { get; init; }

        public required int? RecoveryCodes { get; init; }

        public required int SshKeys { get; init; }

        public required int Replicas { get; init; }

        public required int SizeMilli { get; init; }

        public required int Domains { get; init; }

        public required int People { get; init; }
    }
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
