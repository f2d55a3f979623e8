using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Collaborators;
using Gatehouse.Features.Erasure;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.EmailChanges;

/// <summary>
/// The button behind the link at the address before. Before the confirmation it cancels the change. After it, it takes
/// the account back: the old address, and everything that was made since the request is gone — keys, links, second
/// factor, SSH keys, cards, people let in to its apps — and so are every login, the key that asked, and the password,
/// which only this mailbox can set anew. It never logs anybody in.
/// </summary>
public sealed class RevokeEmailChange(
    Db db, ReleaseAddress release, UndoSince undo, EmailChangeLinks links, TimeProvider clock)
{
    /// <summary>
    /// What became of the address. Refuses with <see cref="Reason.InvalidToken"/>, or with <see cref="Reason.Taken"/>
    /// when another account proved the old address since.
    /// </summary>
    public async Task<Outcome<RevokedChange>> Run(Caller caller, string? token, CancellationToken stop)
    {
        if (links.HashOf(token) is not { } hash) return Invalid;
        try
        {
            return await db.Write(() => Revoke(caller, hash, clock.UtcNow(), stop), stop);
        }
        catch (Exception taken) when (db.IsTaken(taken))
        {
            return new Refusal(Reason.Taken, Field.Email);
        }
    }

    private static Refusal Invalid => new(Reason.InvalidToken, Field.Token);

    private async Task<Outcome<RevokedChange>> Revoke(
        Caller caller, byte[] hash, DateTime now, CancellationToken stop)
    {
        var found = await db.EmailChanges.AsNoTracking()
            .SingleOrDefaultAsync(c => c.RevokeHash == hash && c.RevokeExpiresAt > now, stop);
        if (found is null) return Invalid;
        // Queues up behind a confirmation that runs at this moment, and then sees what it did.
        await db.QueueUp(found.AccountId, stop);
        var change = await db.EmailChanges.AsNoTracking().SingleOrDefaultAsync(c => c.Id == found.Id, stop);
        if (change is null) return Invalid;
        await db.Append(caller, change.AccountId, new AuditFact(AuditEvent.EmailChangeRevoked), now, stop);
        await db.EmailChanges
            .Where(c => c.AccountId == change.AccountId && c.RequestedAt >= change.RequestedAt)
            .ExecuteDeleteAsync(stop);
        if (change.ConfirmedAt is not null) await TakeBack(caller, change, now, stop);
        return new RevokedChange(change.PreviousSpelling, WasConfirmed: change.ConfirmedAt is not null);
    }

    private async Task TakeBack(Caller caller, EmailChange change, DateTime now, CancellationToken stop)
    {
        await release.Run(change.Previous, now, stop);
        var account = await db.Accounts.SingleAsync(a => a.Id == change.AccountId, stop);
        account.MoveTo(change.PreviousAddress, now);
        account.SetPassword(null);
        await db.UndoAccess(change, stop);
        await db.BindAccess(account.Id, change.PreviousAddress.Canonical, stop);
        if (account.ClosedAt is not null) account.Reopen();
        await undo.Run(caller, account, change.RequestedAt, now, stop);
    }
}

/// <summary>What a revocation did.</summary>
/// <param name="Email">The address that the account has.</param>
/// <param name="WasConfirmed">True when the change had happened and was undone; a new password is needed then.</param>
public sealed record RevokedChange(string Email, bool WasConfirmed);
