using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.SshKeys;

/// <summary>Removes an SSH key.</summary>
public sealed class RemoveSshKey(Db db, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.NotFound"/>, <see cref="Reason.NotLoggedIn"/> or
    /// <see cref="Reason.ScopeMissing"/>.
    /// </summary>
    public async Task<Outcome<Done>> Run(Caller caller, long sshKeyId, CancellationToken stop)
    {
        if (!caller.Holder(Scope.Everything).Is(out var id, out var refusal)) return refusal;
        return await db.Write(() => Remove(caller, id, sshKeyId, stop), stop);
    }

    private async Task<Outcome<Done>> Remove(Caller caller, Guid accountId, long sshKeyId, CancellationToken stop)
    {
        var found = await db.SshKeys.AsNoTracking()
            .SingleOrDefaultAsync(k => k.AccountId == accountId && k.Id == sshKeyId, stop);
        if (found is null) return Reason.NotFound;
        await db.SshKeys.Where(k => k.Id == found.Id).ExecuteDeleteAsync(stop);
        var subject = Convert.ToHexStringLower(found.Fingerprint);
        var fact = new AuditFact(AuditEvent.SshKeyRemoved, subject, caller.Key?.KeyId);
        await db.Append(caller, accountId, fact, clock.UtcNow(), stop);
        return Done.It;
    }
}
