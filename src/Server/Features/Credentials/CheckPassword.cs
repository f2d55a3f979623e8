using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Credentials;

/// <summary>
/// Compares a password with an account that may not exist, in the same time either way. A wrong one is told to the
/// audit log; where there is no account, to the chain of an id that stands for the identifier, so that even this takes
/// as long. Limits are the caller's business.
/// </summary>
public sealed class CheckPassword(
    Db db, PasswordHashing hashing, MasterKey key, Telemetry telemetry, TimeProvider clock)
{
    /// <summary>
    /// Tries the readings of one password in turn. Refuses with <see cref="Reason.WrongCredentials"/> or
    /// <see cref="Reason.Busy"/>.
    /// </summary>
    public async Task<Outcome<Done>> Run(
        Caller caller, Account? account, string subject, IReadOnlyList<Password> readings, CancellationToken stop)
    {
        foreach (var password in readings)
        {
            var verified = await hashing.Verify(account?.PasswordHash, password, stop);
            if (!verified.Is(out var isRight, out var busy)) return busy;
            if (!isRight) continue;
            telemetry.NotePassword(PasswordOutcome.Right);
            return hashing.IsOutdated(account!.PasswordHash!)
                ? await Rehash(caller, account, password, stop)
                : Done.It;
        }

        telemetry.NotePassword(PasswordOutcome.Wrong);
        return await db.Write(() => NoteFailure(caller, account?.Id ?? key.StandIn(subject), stop), stop);
    }

    /// <summary>Refuses with <see cref="Reason.Busy"/> at once what would be refused so later.</summary>
    internal Refusal? Crowded() => hashing.Crowded();

    private async Task<Outcome<Done>> NoteFailure(Caller caller, Guid accountId, CancellationToken stop)
    {
        await db.Append(caller, accountId, new AuditFact(AuditEvent.LoginFailed), clock.UtcNow(), stop);
        return new Refusal(Reason.WrongCredentials, Field.Email);
    }

    /// <summary>
    /// Brings the stored hash to today's parameters; that the machine is busy now only puts it off. Where another hash
    /// took the place of the one that was compared, the password is held against that one: another login may have been
    /// faster at this, or the owner set a new password.
    /// </summary>
    private async Task<Outcome<Done>> Rehash(
        Caller caller, Account account, Password password, CancellationToken stop)
    {
        if (!(await hashing.Hash(password, stop)).Is(out var stronger, out _)) return Done.It;
        if (await db.Write(() => Replace(caller, account, stronger, stop), stop)) return Done.It;
        var stored = await db.Accounts.Where(a => a.Id == account.Id).Select(a => a.PasswordHash).SingleAsync(stop);
        if (!(await hashing.Verify(stored, password, stop)).Is(out var isRight, out var busy)) return busy;
        if (!isRight) return await db.Write(() => NoteFailure(caller, account.Id, stop), stop);
        account.Rehash(stored!);
        return Done.It;
    }

    private async Task<bool> Replace(Caller caller, Account account, string stronger, CancellationToken stop)
    {
        var replaced = await db.Accounts
            .Where(a => a.Id == account.Id && a.PasswordHash == account.PasswordHash)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.PasswordHash, stronger), stop);
        if (replaced == 0) return false;
        await db.Append(caller, account.Id, new AuditFact(AuditEvent.PasswordRehashed), clock.UtcNow(), stop);
        account.Rehash(stronger);
        return true;
    }
}
