using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.SecondFactors;

/// <summary>
/// The first code of a factor that was started: it proves that the app has the secret. Runs in the caller's
/// transaction.
/// </summary>
public sealed class VerifyFirstCode(Db db, FactorLimits limits, MasterKey key, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.FactorRequired"/>, <see cref="Reason.FactorWrong"/>,
    /// <see cref="Reason.AlreadyActive"/>, <see cref="Reason.NotActive"/> (none was started), or
    /// <see cref="Reason.TooManyAttempts"/>.
    /// </summary>
    public async Task<Outcome<Done>> Run(Caller caller, Guid accountId, string? code, CancellationToken stop)
    {
        if (string.IsNullOrWhiteSpace(code)) return new Refusal(Reason.FactorRequired, Field.MfaToken);
        if ((await limits.TakeCode(accountId, stop)).Refusal is { } tooMany) return tooMany;
        var now = clock.UtcNow();
        var factor = await db.SecondFactors.AsNoTracking().SingleOrDefaultAsync(f => f.AccountId == accountId, stop);
        if (factor is null) return Reason.NotActive;
        if (factor.ActivatedAt is not null) return Reason.AlreadyActive;
        if (TotpCodes.StepOf(key.OpenFactor(factor), code.Trim(), now) is not { } step)
            return new Refusal(Reason.FactorWrong, Field.MfaToken);
        if (await Activate(factor, step, now, stop) == 0) return Reason.AlreadyActive;
        await limits.StartOver(accountId, stop);
        await db.Append(caller, accountId, new AuditFact(AuditEvent.FactorActivated), now, stop);
        return Done.It;
    }

    private Task<int> Activate(SecondFactor factor, long step, DateTime now, CancellationToken stop) => db.SecondFactors
        .Where(f => f.AccountId == factor.AccountId && f.ActivatedAt == null && f.SealedSecret == factor.SealedSecret)
        .ExecuteUpdateAsync(set => set.SetProperty(f => f.ActivatedAt, now).SetProperty(f => f.LastStep, step), stop);
}
