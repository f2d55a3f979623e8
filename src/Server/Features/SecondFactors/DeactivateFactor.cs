using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Mail;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.SecondFactors;

/// <summary>Turns the second factor off, with its secret and its recovery codes.</summary>
public sealed class DeactivateFactor(
    Db db, RequireStepUp stepUp, FinishFactorChange finish, FactorLimits limits, TimeProvider clock)
{
    /// <summary>Refuses with <see cref="Reason.NotActive"/> or what <see cref="RequireStepUp"/> refuses.</summary>
    public async Task<Outcome<Done>> Run(Caller caller, Proof proof, CancellationToken stop)
    {
        if (!(await stepUp.Run(caller, proof, stop)).Is(out var account, out var refusal)) return refusal;
        return await db.Write(() => Deactivate(caller, account, stop), stop);
    }

    private async Task<Outcome<Done>> Deactivate(Caller caller, Account account, CancellationToken stop)
    {
        if (!await db.StillHolds(caller, account, stop)) return Reason.NotLoggedIn;
        var removed = await db.SecondFactors
            .Where(f => f.AccountId == account.Id && f.ActivatedAt != null).ExecuteDeleteAsync(stop);
        if (removed == 0) return Reason.NotActive;
        await db.RecoveryCodes.Where(c => c.AccountId == account.Id).ExecuteDeleteAsync(stop);
        await limits.StartOver(account.Id, stop);
        var fact = new AuditFact(AuditEvent.FactorDeactivated, KeyId: caller.Key?.KeyId);
        await db.Append(caller, account.Id, fact, clock.UtcNow(), stop);
        await finish.Run(caller, account, Notice.FactorDeactivated, stop);
        return Done.It;
    }
}
