using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Notices;
using Gatehouse.Mail;
using Gatehouse.Platform;

namespace Gatehouse.Features.Logins;

/// <summary>
/// What every full login brings with it: it is told to the audit log, the wrong tries before it are forgotten, and the
/// owner hears of a network or a device that was never seen. Runs in the caller's transaction.
/// </summary>
public sealed class NoteLogin(Db db, Notify notify, LoginLimits limits, TimeProvider clock)
{
    /// <summary>
    /// When the login was (UTC). Refuses with <see cref="Reason.WrongCredentials"/> when the account was closed, got
    /// another password, or lost all its logins since its owner was proven.
    /// </summary>
    public async Task<Outcome<DateTime>> Run(Caller caller, ProvenLogin login, CancellationToken stop)
    {
        if (!await db.IsUnchanged(login.Account, stop)) return new Refusal(Reason.WrongCredentials, Field.Email);
        var (account, now) = (login.Account, clock.UtcNow());
        var fact = new AuditFact(AuditEvent.LoginSucceeded, login.LinkId?.ToString("D") ?? "");
        await db.Append(caller, account.Id, fact, now, stop);
        var (subject, device) = (account.Id.ToString("D"), login.Device);
        var isKnown = login.Attempt.FromKnownNetwork && await limits.KnowsDevice(caller, subject, device, stop);
        await limits.Succeed(caller, subject, login.Attempt, device, stop);
        // An address that nobody proved may be a stranger's.
        if (!isKnown && account.EmailConfirmedAt is not null)
            await notify.Run(caller, account.Id, account.Address, Notice.NewDevice, now, stop);
        return now;
    }
}
