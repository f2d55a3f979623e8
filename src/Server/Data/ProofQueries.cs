using Gatehouse.Domain;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Data;

/// <summary>
/// Says whether what was proven before a transaction still holds within it. Proofs take their time — a password is
/// hashed, a card is looked at — and what the account's owner does meanwhile counts: a reset, a revocation, a closing.
/// </summary>
public static class ProofQueries
{
    /// <summary>
    /// Waits for the account's turn, then says whether it is as it was when its owner was proven: open, with the same
    /// address and the same password, and nothing has ended all logins since.
    /// </summary>
    /// <param name="db">Within the transaction.</param>
    /// <param name="proven">As it was loaded before; not tracked, or a second try would compare it with itself.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<bool> IsUnchanged(this Db db, Account proven, CancellationToken stop)
    {
        await db.QueueUp(proven.Id, stop);
        var (id, email, hash, version) = (proven.Id, proven.Email, proven.PasswordHash, proven.Version);
        return await db.Accounts.AnyAsync(
            a => a.Id == id && a.Email == email && a.PasswordHash == hash && a.Version == version && a.ClosedAt == null,
            stop);
    }

    /// <summary>The same, and what the caller presented is there still.</summary>
    public static async Task<bool> StillHolds(this Db db, Caller caller, Account proven, CancellationToken stop) =>
        await db.IsUnchanged(proven, stop) && await db.IsPresented(caller, proven.Id).AnyAsync(stop);

    /// <summary>
    /// Waits for the account's turn, then says whether it is open and what the caller presented is there still.
    /// </summary>
    public static async Task<bool> StillHolds(this Db db, Caller caller, Guid accountId, CancellationToken stop)
    {
        await db.QueueUp(accountId, stop);
        return await db.IsPresented(caller, accountId).AnyAsync(stop);
    }

    private static IQueryable<Account> IsPresented(this Db db, Caller caller, Guid accountId)
    {
        var (sessionId, keyId) = (caller.Session?.SessionId, caller.Key?.KeyId);
        var open = db.Accounts.Where(a => a.Id == accountId && a.ClosedAt == null);
        return sessionId is not null
            ? open.Where(a => db.Sessions.Any(s => s.Id == sessionId && s.AccountId == a.Id))
            : open.Where(a => db.ApiKeys.Any(k => k.Id == keyId && k.AccountId == a.Id));
    }
}
