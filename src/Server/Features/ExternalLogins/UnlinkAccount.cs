using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Features.Notices;
using Gatehouse.Mail;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>
/// Takes the identity away from an account, as long as a password remains: one statement asks for it and acts.
/// </summary>
public sealed class UnlinkAccount(Db db, RequireStepUp stepUp, Notify notify, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.NotFound"/> (nothing is linked), <see cref="Reason.LastWayIn"/> or what <see
    /// cref="RequireStepUp"/> refuses.
    /// </summary>
    public async Task<Outcome<Done>> Run(Caller caller, Proof proof, CancellationToken stop)
    {
        if (!(await stepUp.Run(caller, proof, stop)).Is(out var account, out var refusal)) return refusal;
        return await db.Write(() => Unlink(caller, account, clock.UtcNow(), stop), stop);
    }

    private async Task<Outcome<Done>> Unlink(Caller caller, Account account, DateTime now, CancellationToken stop)
    {
        var id = account.Id;
        if (!await db.StillHolds(caller, account, stop)) return Reason.NotLoggedIn;
        var link = await db.ExternalLogins.AsNoTracking().FirstOrDefaultAsync(l => l.AccountId == id, stop);
        if (link is null) return Reason.NotFound;
        var removed = await db.ExternalLogins
            .Where(l => l.AccountId == id && db.Accounts.Any(a => a.Id == id && a.PasswordHash != null))
            .ExecuteDeleteAsync(stop);
        if (removed == 0) return Reason.LastWayIn;
        await db.TerminalLogins.Where(t => t.AccountId == id).ExecuteDeleteAsync(stop);
        await db.ProviderVisits.Where(v => v.AccountId == id).ExecuteDeleteAsync(stop);
        var fact = new AuditFact(AuditEvent.ExternalLoginUnlinked, link.Id.ToString("D"), caller.Key?.KeyId);
        await db.Append(caller, id, fact, now, stop);
        await notify.Run(caller, id, account.Address, Notice.ExternalUnlinked, now, stop);
        return Done.It;
    }
}
