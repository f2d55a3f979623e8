using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Features.Notices;
using Gatehouse.Mail;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ApiKeys;

/// <summary>For a key that was lost or stolen: revokes all of them and makes one new.</summary>
public sealed class ResetApiKeys(
    Db db, RequireStepUp stepUp, CreateLoginKey createKey, Notify notify, TimeProvider clock)
{
    /// <summary>The new key, to be shown this once. Refuses what <see cref="RequireStepUp"/> refuses.</summary>
    public async Task<Outcome<Secret>> Run(Caller caller, Proof proof, CancellationToken stop)
    {
        if (!(await stepUp.Run(caller, proof, stop)).Is(out var account, out var refusal)) return refusal;
        return await db.Write(() => Reset(caller, account, stop), stop);
    }

    private async Task<Outcome<Secret>> Reset(Caller caller, Account account, CancellationToken stop)
    {
        if (!await db.StillHolds(caller, account, stop)) return Reason.NotLoggedIn;
        var now = clock.UtcNow();
        await db.Append(caller, account.Id, new AuditFact(AuditEvent.KeysReset, KeyId: caller.Key?.KeyId), now, stop);
        await db.ApiKeys.Where(k => k.AccountId == account.Id).ExecuteDeleteAsync(stop);
        await notify.Run(caller, account.Id, account.Address, Notice.KeysReset, now, stop);
        // The new key is as fresh as the login behind the old one: a reset is no login.
        return await createKey.Run(caller, account.Id, "reset", caller.LoggedInAt, stop);
    }
}
