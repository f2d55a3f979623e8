using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Credentials;

/// <summary>
/// Stands before every change of how one gets in: the password in the request (and the second factor where one is on),
/// or a key or session made by a full login of the last minutes. A password that is sent is always checked.
/// </summary>
public sealed class RequireStepUp(
    Db db, CheckPassword checkPassword, CheckFactor checkFactor, LoginLimits limits, FreshLogins fresh)
{
    /// <summary>
    /// The caller's account, as it was then: whether that still holds, <see cref="ProofQueries"/> says in the
    /// transaction that relies on it. Refuses with <see cref="Reason.NotLoggedIn"/>, <see cref="Reason.ScopeMissing"/>,
    /// <see cref="Reason.WrongPassword"/>, <see cref="Reason.LoginTooOld"/>, or what the checks refuse.
    /// </summary>
    public async Task<Outcome<Account>> Run(Caller caller, Proof proof, CancellationToken stop)
    {
        if (!caller.Holder(Scope.Everything).Is(out var id, out var refusal)) return refusal;
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == id, stop);
        var isFresh = fresh.Is(caller);
        if (string.IsNullOrEmpty(proof.Password)) return isFresh ? account : Reason.LoginTooOld;
        if ((await Check(caller, account, proof.Password, stop)).Refusal is { } wrong) return wrong;
        if (isFresh) return account;
        var factor = await checkFactor.Run(caller, account, proof.MfaToken, stop);
        return factor.Refusal is { } missing ? missing : account;
    }

    private async Task<Outcome<Done>> Check(Caller caller, Account account, string text, CancellationToken stop)
    {
        if (!Password.Parse(text).Is(out var password, out var malformed))
            return malformed with { Field = Field.CurrentPassword };
        var subject = account.Id.ToString("D");
        if (!(await limits.Take(caller, subject, stop)).Is(out var attempt, out var tooMany)) return tooMany;
        var check = await checkPassword.Run(caller, account, subject, [password], stop);
        if (check.Refusal is not { } refusal) return await Succeed(caller, subject, attempt, stop);
        if (refusal.Reason != Reason.Busy) return new Refusal(Reason.WrongPassword, Field.CurrentPassword);
        await db.Write(() => GiveBack(attempt, stop), stop);
        return refusal;
    }

    private Task<Outcome<Done>> Succeed(
        Caller caller, string subject, LoginAttempt attempt, CancellationToken stop) =>
        db.Write<Outcome<Done>>(
            async () =>
            {
                await limits.Succeed(caller, subject, attempt, device: null, stop);
                return Done.It;
            },
            stop);

    private async Task<Done> GiveBack(LoginAttempt attempt, CancellationToken stop)
    {
        await limits.GiveBack(attempt, stop);
        return Done.It;
    }
}

/// <summary>What a request brings to prove that it is the account's owner who asks.</summary>
public sealed record Proof(string? Password, string? MfaToken = null);
