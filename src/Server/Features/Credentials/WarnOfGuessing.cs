using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Notices;
using Gatehouse.Mail;
using Gatehouse.Platform;

namespace Gatehouse.Features.Credentials;

/// <summary>
/// Tells the owner of an account whose password was guessed at so often that it is locked: only the owner's reset opens
/// it again. Where there is no such owner the same is done in vain, so that the time tells nothing.
/// </summary>
public sealed class WarnOfGuessing(Db db, Notify notify, MasterKey key, TimeProvider clock)
{
    /// <summary>The refusal that was given.</summary>
    public Task<Refusal> Run(
        Caller caller, Account? account, string subject, Refusal refusal, CancellationToken stop) =>
        refusal.Reason == Reason.PasswordClosed
            ? db.Write(() => Tell(caller, account, subject, refusal, stop), stop)
            : Task.FromResult(refusal);

    private async Task<Refusal> Tell(
        Caller caller, Account? account, string subject, Refusal refusal, CancellationToken stop)
    {
        // An address that nobody proved may be a stranger's.
        var to = account?.EmailConfirmedAt is null ? null : account.Address;
        var id = account?.Id ?? key.StandIn(subject);
        await notify.Run(caller, id, to, Notice.PasswordClosed, clock.UtcNow(), stop);
        return refusal;
    }
}
