using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>Which Google account opens the caller's account.</summary>
public sealed class ShowLinkedIdentity(Db db)
{
    /// <summary>
    /// Refuses with <see cref="Reason.NotLoggedIn"/> or <see cref="Reason.ScopeMissing"/>.
    /// </summary>
    public async Task<Outcome<LinkedIdentity>> Run(Caller caller, CancellationToken stop)
    {
        if (!caller.Holder(Scope.AccountRead).Is(out var id, out var refusal)) return refusal;
        var link = await db.ExternalLogins.AsNoTracking().FirstOrDefaultAsync(l => l.AccountId == id, stop);
        var hasPassword = await db.Accounts.AnyAsync(a => a.Id == id && a.PasswordHash != null, stop);
        return new LinkedIdentity(link?.EmailSpelling, link?.CreatedAt, hasPassword);
    }
}

/// <summary>What the owner sees of a link.</summary>
/// <param name="Email">The address there, when it was linked; null while nothing is.</param>
/// <param name="Since">When (UTC).</param>
/// <param name="HasPassword">Says whether a password opens the account too.</param>
public sealed record LinkedIdentity(string? Email, DateTime? Since, bool HasPassword);
