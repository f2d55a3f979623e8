using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.SshKeys;

/// <summary>Adds an SSH key.</summary>
public sealed class AddSshKey(Db db, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.Required"/>, <see cref="Reason.InvalidFormat"/>, <see cref="Reason.Taken"/>,
    /// <see cref="Reason.LimitReached"/>, <see cref="Reason.NotLoggedIn"/> or <see cref="Reason.ScopeMissing"/>.
    /// </summary>
    public async Task<Outcome<SshKey>> Run(Caller caller, string? text, CancellationToken stop)
    {
        if (!caller.Holder(Scope.Everything).Is(out var id, out var refusal)) return refusal;
        if (!SshKey.Parse(text, id, clock.UtcNow()).Is(out var sshKey, out refusal)) return refusal;
        try
        {
            return await db.Write(() => Add(caller, sshKey, stop), stop);
        }
        catch (Exception taken) when (db.IsTaken(taken))
        {
            return new Refusal(Reason.Taken, Field.SshKey);
        }
    }

    private async Task<Outcome<SshKey>> Add(Caller caller, SshKey sshKey, CancellationToken stop)
    {
        if (!await db.StillHolds(caller, sshKey.AccountId, stop)) return Reason.NotLoggedIn;
        if (await db.SshKeys.CountAsync(k => k.AccountId == sshKey.AccountId, stop) >= SshKey.MostPerAccount)
            return new Refusal(Reason.LimitReached, Field.SshKey, Number: SshKey.MostPerAccount);
        var fingerprint = Convert.ToHexStringLower(sshKey.Fingerprint);
        var fact = new AuditFact(AuditEvent.SshKeyAdded, fingerprint, caller.Key?.KeyId);
        await db.Append(caller, sshKey.AccountId, fact, sshKey.CreatedAt, stop);
        db.SshKeys.Add(sshKey);
        return sshKey;
    }
}
