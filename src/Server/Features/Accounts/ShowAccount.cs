using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Accounts;

/// <summary>The status of the caller's account: who, which tier, how many credits.</summary>
public sealed class ShowAccount(Db db, TimeProvider clock)
{
    /// <summary>Refuses with <see cref="Reason.NotLoggedIn"/> or <see cref="Reason.ScopeMissing"/>.</summary>
    public async Task<Outcome<AccountStatus>> Run(Caller caller, CancellationToken stop)
    {
        if (!caller.Holder(Scope.AccountRead).Is(out var id, out var refusal)) return refusal;
        var status = await db.Accounts.AsNoTracking()
            .Where(a => a.Id == id)
            .Select(a => new AccountStatus(a.EmailSpelling, a.UserName, a.Tier, new Money(0))
            {
                Id = a.Id,
                CreatedAt = a.CreatedAt,
                IsConfirmed = a.EmailConfirmedAt != null,
            })
            .SingleOrDefaultAsync(stop);
        if (status is null) return Reason.NotLoggedIn;
        return status with { Credits = await db.CreditsOf(id, clock.UtcNow(), stop) };
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
}
