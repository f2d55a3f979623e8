using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Notices;
using Gatehouse.Mail;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Credentials;

/// <summary>
/// The only place that accepts a code of the second factor or a recovery code, whatever way somebody comes in. Each is
/// consumed by one conditional statement, so it works once, on however many nodes it is tried.
/// </summary>
public sealed class CheckFactor(Db db, FactorLimits limits, Notify notify, MasterKey key, TimeProvider clock)
{
    /// <summary>
    /// Done when the code is right, and where no second factor is on. Refuses with <see cref="Reason.FactorRequired"/>,
    /// <see cref="Reason.FactorWrong"/>, <see cref="Reason.FactorClosed"/> or <see cref="Reason.TooManyAttempts"/>.
    /// </summary>
    public async Task<Outcome<Done>> Run(Caller caller, Account account, string? code, CancellationToken stop)
    {
        var factor = await db.SecondFactors.AsNoTracking().SingleOrDefaultAsync(f => f.AccountId == account.Id, stop);
        if (factor?.ActivatedAt is null) return Done.It;
        if (string.IsNullOrWhiteSpace(code)) return new Refusal(Reason.FactorRequired, Field.MfaToken);
        var recovery = key.HashOfRecoveryCode(account.Id, code);
        var taken = recovery is null
            ? await limits.TakeCode(account.Id, stop)
            : await limits.TakeRecoveryCode(account.Id, stop);
        if (taken.Refusal is { } refusal) return await NoteRefusal(caller, account, refusal, stop);
        return await db.Write(
            () => recovery is null
                ? UseCode(caller, account, factor, code.Trim(), stop)
                : UseRecoveryCode(caller, account, recovery, stop),
            stop);
    }

    private async Task<Outcome<Done>> UseCode(
        Caller caller, Account account, SecondFactor factor, string code, CancellationToken stop)
    {
        var now = clock.UtcNow();
        var step = TotpCodes.StepOf(key.OpenFactor(factor), code, now);
        var used = step is null ? 0 : await db.SecondFactors
            .Where(f => f.AccountId == account.Id && f.LastStep < step)
            .ExecuteUpdateAsync(set => set.SetProperty(f => f.LastStep, step), stop);
        if (used == 0) return await NoteWrong(caller, account, now, stop);
        await limits.Succeed(account.Id, stop);
        return Done.It;
    }

    private async Task<Outcome<Done>> UseRecoveryCode(
        Caller caller, Account account, byte[] hash, CancellationToken stop)
    {
        var now = clock.UtcNow();
        var used = await db.RecoveryCodes
            .Where(c => c.AccountId == account.Id && c.Hash == hash).ExecuteDeleteAsync(stop);
        if (used == 0) return await NoteWrong(caller, account, now, stop);
        await limits.StartOver(account.Id, stop);
        await db.Append(caller, account.Id, new AuditFact(AuditEvent.RecoveryCodeUsed), now, stop);
        var left = await db.RecoveryCodes.CountAsync(c => c.AccountId == account.Id, stop);
        await notify.Run(caller, account.Id, account.Address, Notice.RecoveryCodeUsed, now, stop, left);
        return Done.It;
    }

    private async Task<Outcome<Done>> NoteWrong(
        Caller caller, Account account, DateTime now, CancellationToken stop)
    {
        await db.Append(caller, account.Id, new AuditFact(AuditEvent.FactorRefused), now, stop);
        return new Refusal(Reason.FactorWrong, Field.MfaToken);
    }

    /// <summary>Whoever gets this far knows the password: the owner has to hear of it.</summary>
    private async Task<Outcome<Done>> NoteRefusal(
        Caller caller, Account account, Refusal refusal, CancellationToken stop)
    {
        var notice = refusal.Reason == Reason.FactorClosed ? Notice.FactorClosed : Notice.FactorGuessed;
        return await db.Write<Outcome<Done>>(
            async () =>
            {
                await notify.Run(caller, account.Id, account.Address, notice, clock.UtcNow(), stop);
                return refusal;
            },
            stop);
    }
}
