using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Mail;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.SecondFactors;

/// <summary>New recovery codes for somebody who has a second factor.</summary>
public sealed class RegenerateRecoveryCodes(
    Db db, RequireStepUp stepUp, ReplaceRecoveryCodes replaceCodes, FinishFactorChange finish, TimeProvider clock)
{
    /// <summary>
    /// Ten codes, to be shown this once. Refuses with <see cref="Reason.NotActive"/> or what
    /// <see cref="RequireStepUp"/> refuses.
    /// </summary>
    public async Task<Outcome<IReadOnlyList<Secret>>> Run(Caller caller, Proof proof, CancellationToken stop)
    {
        if (!(await stepUp.Run(caller, proof, stop)).Is(out var account, out var refusal)) return refusal;
        return await db.Write(() => Regenerate(caller, account, stop), stop);
    }

    private async Task<Outcome<IReadOnlyList<Secret>>> Regenerate(
        Caller caller, Account account, CancellationToken stop)
    {
        if (!await db.StillHolds(caller, account, stop)) return Reason.NotLoggedIn;
        if (!await db.SecondFactors.AnyAsync(f => f.AccountId == account.Id && f.ActivatedAt != null, stop))
            return Reason.NotActive;
        var fact = new AuditFact(AuditEvent.RecoveryCodesRegenerated, KeyId: caller.Key?.KeyId);
        await db.Append(caller, account.Id, fact, clock.UtcNow(), stop);
        await finish.Run(caller, account, Notice.RecoveryCodesRegenerated, stop);
        return Outcome.Of(await replaceCodes.Run(account.Id, stop));
    }
}
