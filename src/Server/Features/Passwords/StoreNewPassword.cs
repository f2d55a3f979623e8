using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Features.Notices;
using Gatehouse.Mail;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Passwords;

/// <summary>
/// What a new password brings with it, however it came: what was guessed of the old one is forgotten, access ends, the
/// owner is told. Runs in the caller's transaction.
/// </summary>
public sealed class StoreNewPassword(Db db, EndAccess endAccess, Notify notify, LoginLimits limits)
{
    /// <summary>Never refuses.</summary>
    public async Task<Outcome<Done>> Run(
        Caller caller, Account account, NewPassword change, DateTime now, CancellationToken stop)
    {
        await db.Append(caller, account.Id, new AuditFact(change.Event, KeyId: caller.Key?.KeyId), now, stop);
        await db.Accounts
            .Where(a => a.Id == account.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.PasswordHash, change.Hash), stop);
        await endAccess.Run(account.Id, new Access(change.RevokesKeys, KeptSession: caller.Session?.SessionId), stop);
        if (change.Unlinks) await db.UnlinkAll(caller, account.Id, now, stop);
        await limits.StartOver(account.Id.ToString("D"), stop);
        // An address that nobody proved may be a stranger's.
        if (account.EmailConfirmedAt is not null)
            await notify.Run(caller, account.Id, account.Address, change.Notice, now, stop);
        return Done.It;
    }
}

/// <summary>A new password, and how it came.</summary>
/// <param name="Hash">What to store.</param>
/// <param name="Event">What the audit log calls it.</param>
/// <param name="Notice">What the owner is told.</param>
/// <param name="RevokesKeys">Whether API keys end too.</param>
/// <param name="Unlinks">Whether what else opens the account, linked by whoever knew the old one, ends too.</param>
public sealed record NewPassword(string Hash, string Event, Notice Notice, bool RevokesKeys, bool Unlinks = false);
