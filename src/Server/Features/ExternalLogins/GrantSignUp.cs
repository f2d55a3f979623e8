using System.Security.Cryptography;
using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Confirmations;
using Gatehouse.Features.SignUps;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>
/// Grants a terminal a proven address to sign up with; old clients get the whole account at once. Every other claim on
/// the address dies. Runs in the caller's transaction.
/// </summary>
public sealed class GrantSignUp(
    Db db, ProveAddress prove, OpenAccount open, SignUpLimits limits, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.InvalidToken"/>, <see cref="Reason.TooManyAttempts"/>, or with <see
    /// cref="Reason.Taken"/> when there is an account by now.
    /// </summary>
    public async Task<Outcome<Done>> Run(Caller caller, Visitor visitor, CancellationToken stop)
    {
        var (visit, identity, now) = (visitor.Visit, visitor.Identity, clock.UtcNow());
        if (await IsTaken(identity, stop)) return new Refusal(Reason.Taken, Field.Email);
        var terminal = await db.TerminalLogins.AsNoTracking().SingleOrDefaultAsync(
            t => t.Id == visit.TerminalLoginId && t.State == TerminalState.Waiting && t.ExpiresAt > now, stop);
        if (terminal is null) return Invalid;
        if ((await limits.TakeProven(caller, stop)).Refusal is { } tooMany) return tooMany;
        if (!await End(visit, stop)) return Invalid;
        if (terminal.SignUpId is not { } id) return await OpenAtOnce(caller, visitor, now, stop);
        var signUp = await db.SignUps.SingleOrDefaultAsync(s => s.Id == id && s.ConfirmedAt == null, stop);
        if (signUp is null || !await db.Grant(visit, account: null, now, stop)) return Invalid;
        signUp.Prove(identity, now);
        await db.SaveChangesAsync(stop);
        return await prove.Run(caller, signUp, now, stop);
    }

    private static Refusal Invalid => new(Reason.InvalidToken, Field.OAuth);

    private async Task<bool> End(ProviderVisit visit, CancellationToken stop) =>
        await db.ProviderVisits.Where(v => v.Id == visit.Id).ExecuteDeleteAsync(stop) == 1;

    private async Task<bool> IsTaken(ProvenIdentity identity, CancellationToken stop) =>
        await db.Accounts.Confirmed().AnyAsync(
            a => a.Email == identity.Email.Canonical
                || db.ExternalLogins.Any(l => l.AccountId == a.Id
                    && l.Issuer == identity.Issuer && l.Subject == identity.Subject),
            stop);

    private async Task<Outcome<Done>> OpenAtOnce(
        Caller caller, Visitor visitor, DateTime now, CancellationToken stop)
    {
        // The statement that decides between two browsers comes first.
        if (!await db.Grant(visitor.Visit, account: null, now, stop)) return Invalid;
        // Nobody holds its handle: it is an account before this transaction ends.
        var handle = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);
        var signUp = SignUp.StartWithProvider(handle, caller.Address, now);
        signUp.Prove(visitor.Identity, now);
        db.SignUps.Add(signUp);
        await db.SaveChangesAsync(stop);
        await prove.Run(caller, signUp, now, stop);
        if (!(await open.Run(caller, signUp, Tier.Free, stop)).Is(out var account, out var refusal)) return refusal;
        var id = account.Id;
        await db.TerminalLogins.Where(t => t.Id == visitor.Visit.TerminalLoginId)
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.AccountId, id), stop);
        return Done.It;
    }
}
