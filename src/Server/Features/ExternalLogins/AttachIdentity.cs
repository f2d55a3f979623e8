using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Erasure;
using Gatehouse.Features.Notices;
using Gatehouse.Mail;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>
/// Links an identity to an account whose owner proved to be here, and tells them by mail. Unconfirmed claims on the
/// address die, as it was proven once more. Runs in the caller's transaction.
/// </summary>
public sealed class AttachIdentity(Db db, ReleaseAddress release, Notify notify, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.AlreadyLinked"/>, before anything changes; the database refuses what comes
    /// between.
    /// </summary>
    public async Task<Outcome<Done>> Run(
        Caller caller, Account account, ProvenIdentity identity, CancellationToken stop)
    {
        var now = clock.UtcNow();
        await db.QueueUp(account.Id, stop);
        var others = await db.ExternalLogins.AsNoTracking()
            .Where(l => (l.Issuer == identity.Issuer && l.Subject == identity.Subject)
                || (l.AccountId == account.Id && l.Issuer == identity.Issuer))
            .Join(db.Accounts.Where(a => a.ClosedAt == null), l => l.AccountId, a => a.Id, (l, _) => l)
            .ToListAsync(stop);
        if (others is [var same] && same.AccountId == account.Id && same.Subject == identity.Subject) return Done.It;
        if (others.Count > 0) return Reason.AlreadyLinked;
        await db.ForgetClosed(identity, stop);
        var link = ExternalLogin.Link(account.Id, identity, now);
        db.ExternalLogins.Add(link);
        var fact = new AuditFact(AuditEvent.ExternalLoginLinked, link.Id.ToString("D"), caller.Key?.KeyId);
        await db.Append(caller, account.Id, fact, now, stop);
        if (account.Email == identity.Email.Canonical) await release.Run(account.Email, now, stop);
        await notify.Run(caller, account.Id, account.Address, Notice.ExternalLinked, now, stop);
        return Done.It;
    }
}
