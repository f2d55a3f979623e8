using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Collaborators;
using Gatehouse.Features.Erasure;
using Gatehouse.Features.Notices;
using Gatehouse.Mail;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.EmailChanges;

/// <summary>The button behind the link at the next address: from then on it is the account's address.</summary>
public sealed class ConfirmEmailChange(
    Db db, ReleaseAddress release, Notify notify, EmailChangeLinks links, TimeProvider clock)
{
    /// <summary>
    /// The new address. Refuses with <see cref="Reason.InvalidToken"/>, or with <see cref="Reason.Taken"/> when another
    /// account proved the address meanwhile; the link then stays good, in case that account goes.
    /// </summary>
    public async Task<Outcome<ChangedAddress>> Run(Caller caller, string? token, CancellationToken stop)
    {
        if (links.HashOf(token) is not { } hash) return Invalid;
        try
        {
            return await db.Write(() => Confirm(caller, hash, clock.UtcNow(), stop), stop);
        }
        catch (Exception taken) when (db.IsTaken(taken))
        {
            return new Refusal(Reason.Taken, Field.NextEmail);
        }
    }

    private static Refusal Invalid => new(Reason.InvalidToken, Field.Token);

    private async Task<Outcome<ChangedAddress>> Confirm(
        Caller caller, byte[] hash, DateTime now, CancellationToken stop)
    {
        var change = await db.EmailChanges.AsNoTracking()
            .SingleOrDefaultAsync(c => c.ConfirmHash == hash && c.ConfirmExpiresAt > now, stop);
        if (change is null) return Invalid;
        await db.QueueUp(change.AccountId, stop);
        if (!await Consume(change, now, stop)) return Invalid;
        await db.Append(caller, change.AccountId, new AuditFact(AuditEvent.EmailChanged), now, stop);
        await release.Run(change.Next, now, stop);
        var account = await db.Accounts.SingleAsync(a => a.Id == change.AccountId, stop);
        account.MoveTo(change.NextAddress, now);
        await db.BindAccess(account.Id, change.Next, stop);
        await notify.Run(caller, account.Id, change.PreviousAddress, Notice.EmailChanged, now, stop);
        return new ChangedAddress(change.NextSpelling);
    }

    /// <summary>The statement that decides between a confirmation and a revocation at the same moment.</summary>
    private async Task<bool> Consume(EmailChange change, DateTime now, CancellationToken stop)
    {
        var revocable = now + EmailChange.RevokeLife;
        return await db.EmailChanges
            .Where(c => c.Id == change.Id && c.ConfirmHash == change.ConfirmHash && c.ConfirmedAt == null)
            .ExecuteUpdateAsync(
                set => set.SetProperty(c => c.ConfirmHash, (byte[]?)null)
                    .SetProperty(c => c.ConfirmedAt, now)
                    .SetProperty(c => c.RevokeExpiresAt, revocable),
                stop) == 1;
    }
}

/// <summary>The address that an account has now.</summary>
public sealed record ChangedAddress(string Email);
