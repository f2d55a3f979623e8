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
        if (!allowed || account is null)
        {
            db.OutboxMails.Add(postbox.WriteNothing(now));
            return Done.It;
        }

        var token = OneTimeToken.NewLink();
        await db.PasswordResets.Where(r => r.AccountId == account.Id).ExecuteDeleteAsync(stop);
        db.PasswordResets.Add(new PasswordReset
        {
            AccountId = account.Id,
            Hash = key.HashOfLink(token.Reveal()),
            ExpiresAt = now + PasswordReset.Life,
        });
        // The address on file, never the one in the request, however alike they look.
        db.OutboxMails.Add(postbox.Write(account.Address, new PasswordResetMail(token, caller.Address, now), now));
        await db.Append(caller, account.Id, new AuditFact(AuditEvent.PasswordResetRequested), now, stop);
        return Done.It;
    }
}
