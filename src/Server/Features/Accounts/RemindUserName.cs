using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Mail;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Accounts;

/// <summary>
/// Mails the user name of an account to its address. Every well-formed address gets the same answer at the same cost,
/// whoever it belongs to.
/// </summary>
public sealed class RemindUserName(Db db, Postbox postbox, MailLimits limits, TimeProvider clock)
{
    /// <summary>Refuses with <see cref="Reason.Required"/> or <see cref="Reason.InvalidFormat"/>.</summary>
    public async Task<Outcome<Done>> Run(Caller caller, string? email, CancellationToken stop)
    {
        if (!EmailAddress.Parse(email).Is(out var address, out var refusal)) return refusal;
        return await db.Write(() => Remind(caller, address, clock.UtcNow(), stop), stop);
    }

    private async Task<Outcome<Done>> Remind(
        Caller caller, EmailAddress address, DateTime now, CancellationToken stop)
    {
        var allowed = await limits.Allow("user-name", caller, address, stop);
        var account = await db.Accounts.AsNoTracking().Confirmed()
            .SingleOrDefaultAsync(a => a.Email == address.Canonical, stop);
        db.OutboxMails.Add(allowed && account is not null
            ? postbox.Write(account.Address, new UserNameMail(account.UserName, caller.Address, now), now)
            : postbox.WriteNothing(now));
        return Done.It;
    }
}
