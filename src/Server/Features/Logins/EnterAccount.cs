using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.ApiKeys;
using Gatehouse.Features.Notices;
using Gatehouse.Mail;
using Gatehouse.Platform;

namespace Gatehouse.Features.Logins;

/// <summary>
/// What every full login ends with, however its owner proved to be the owner: the wrong tries are forgotten, the device
/// gets its key, and the owner hears of a network that was never seen. Runs in the caller's transaction.
/// </summary>
public sealed class EnterAccount(
    Db db, CreateLoginKey createKey, Notify notify, LoginLimits limits, TimeProvider clock)
{
    /// <summary>Never refuses.</summary>
    public async Task<Outcome<LoggedIn>> Run(
        Caller caller, Account account, LoginAttempt attempt, string? device, CancellationToken stop)
    {
        var now = clock.UtcNow();
        await db.Append(caller, account.Id, new AuditFact(AuditEvent.LoginSucceeded), now, stop);
        await limits.Succeed(caller, account.Id.ToString("D"), attempt, stop);
        if (!attempt.FromKnownNetwork)
            await notify.Run(caller, account.Id, account.Address, Notice.NewDevice, now, stop);
        var key = await createKey.Run(caller, account.Id, device, loggedInAt: now, stop);
        return new LoggedIn(account.EmailSpelling, key);
    }
}
