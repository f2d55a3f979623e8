using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Features.Notices;
using Gatehouse.Mail;
using Gatehouse.Platform;

namespace Gatehouse.Features.SecondFactors;

/// <summary>
/// What follows when the second factor was turned on or off: its owner is told, and on turning on every key and login
/// ends, because none of them was made with it. Runs in the caller's transaction.
/// </summary>
public sealed class FinishFactorChange(EndAccess endAccess, Notify notify, TimeProvider clock)
{
    /// <summary>Never refuses.</summary>
    public async Task Run(Caller caller, Account account, Notice notice, CancellationToken stop)
    {
        if (notice == Notice.FactorActivated) await endAccess.Run(account.Id, new Access(Keys: true), stop);
        await notify.Run(caller, account.Id, account.Address, notice, clock.UtcNow(), stop);
    }
}
