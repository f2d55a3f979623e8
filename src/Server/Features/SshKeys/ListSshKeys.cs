using Gatehouse.Data;
using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.SshKeys;

/// <summary>The SSH keys of the caller's account.</summary>
public sealed class ListSshKeys(Db db)
{
    /// <summary>
    /// The oldest first. Refuses with <see cref="Reason.NotLoggedIn"/> or <see cref="Reason.ScopeMissing"/>.
    /// </summary>
    public async Task<Outcome<IReadOnlyList<SshKey>>> Run(Caller caller, CancellationToken stop)
    {
        if (!caller.Holder(Scope.AccountRead).Is(out var id, out var refusal)) return refusal;
        return await db.SshKeys.AsNoTracking().Where(k => k.AccountId == id).OrderBy(k => k.Id).ToListAsync(stop);
    }
}
