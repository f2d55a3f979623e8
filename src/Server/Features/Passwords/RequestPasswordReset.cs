using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Mail;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Passwords;

/// <summary>
/// Mails a link that sets a new password. Nothing changes by asking, and every well-formed address gets the same answer
/// at the same cost, whoever it belongs to.
/// </summary>
public sealed class RequestPasswordReset(
    Db db, Postbox postbox, MailLimits limits, MasterKey key, TimeProvider clock)
{
    /// <summary>Refuses with <see cref="Reason.Required"/> or <see cref="Reason.InvalidFormat"/>.</summary>
    public async Task<Outcome<Done>> Run(Caller caller, string? email, CancellationToken stop)
    {
        if (!EmailAddress.Parse(email).Is(out var address, out var refusal)) return refusal;
        return await db.Write(() => Request(caller, address, clock.UtcNow(), stop), stop);
    }

    private async Task<Outcome<Done>> Request(
        Caller caller, EmailAddress address, DateTime now, CancellationToken stop)
    {
        var allowed = await limits.Allow("password-reset", caller, address, stop);
        var account = await db.Accounts.AsNoTracking().Confirmed().SingleOrDefaultAsync(
            a => a.Email == address.Canonical, stop);
        var token = OneTimeToken.NewLink();
        var reset = new PasswordReset
        {
            AccountId = allowed && account is not null ? account.Id : key.StandIn(address.Canonical),
            Hash = key.HashOfLink(token.Reveal()),
            ExpiresAt = now + PasswordReset.Life,
        };
        var mail = new PasswordResetMail(token, caller.Address, now);
        // Where there is nobody, the same is done for a stand-in: neither answer comes any faster.
        await db.PasswordResets.Where(r => r.AccountId == reset.AccountId).ExecuteDeleteAsync(stop);
        await db.Append(caller, reset.AccountId, new AuditFact(AuditEvent.PasswordResetRequested), now, stop);
        if (account?.Id == reset.AccountId) await Store(account, reset, mail, now, stop);
        else await StoreNothing(reset, mail, now, stop);
        return Done.It;
    }

    private Task<int> Store(
        Account account, PasswordReset reset, PasswordResetMail mail, DateTime now, CancellationToken stop)
    {
        db.PasswordResets.Add(reset);
        // The address on file, never the one in the request, however alike they look.
        db.OutboxMails.Add(postbox.Write(account.Address, mail, now));
        return db.SaveChangesAsync(stop);
    }

    /// <summary>A reset belongs to an account: for a stand-in another statement takes the place of its row.</summary>
    private async Task StoreNothing(
        PasswordReset reset, PasswordResetMail mail, DateTime now, CancellationToken stop)
    {
        db.OutboxMails.Add(postbox.WriteNothing(mail, now));
        await db.SaveChangesAsync(stop);
        await db.PasswordResets.Where(r => r.AccountId == reset.AccountId).ExecuteDeleteAsync(stop);
    }
}
