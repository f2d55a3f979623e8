using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Collaborators;
using Gatehouse.Features.Erasure;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Confirmations;

/// <summary>
/// What follows when the owner of an address proved it through one claim: every other claim on the address dies, with
/// its codes, links and unconfirmed accounts, and closed accounts that had it are erased; the claim's own account, if
/// it has one, is confirmed. Runs in the caller's transaction.
/// </summary>
public sealed class ProveAddress(Db db, EraseAccount erase)
{
    /// <summary>Never refuses; when another account proved the address first, the database does.</summary>
    public async Task<Outcome<Done>> Run(Caller caller, SignUp signUp, DateTime now, CancellationToken stop)
    {
        await db.SignUps
            .Where(other => other.Email == signUp.Email && other.Id != signUp.Id)
            .ExecuteDeleteAsync(stop);
        await db.Accounts
            .Where(other => other.Email == signUp.Email && other.EmailConfirmedAt == null)
            .Where(other => other.Id != signUp.AccountId)
            .ExecuteDeleteAsync(stop);
        var closed = await db.Accounts.Where(a => a.Email == signUp.Email && a.ClosedAt != null).ToListAsync(stop);
        foreach (var former in closed) await erase.Run(Caller.Server, former, now, stop);
        if (signUp.AccountId is not { } id) return Done.It;
        var account = await db.Accounts.SingleAsync(a => a.Id == id, stop);
        account.ConfirmEmail(now);
        await db.BindAccess(id, account.Email, stop);
        db.SignUps.Remove(signUp);
        await db.Append(caller, id, new AuditFact(AuditEvent.EmailConfirmed), now, stop);
        return Done.It;
    }
}
