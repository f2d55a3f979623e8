using Gatehouse.Domain;
using Gatehouse.Features.Apps;
using Gatehouse.Features.Notices;
using Gatehouse.Mail;

namespace Gatehouse.Features.Upgrades;

/// <summary>
/// What follows once the tier has changed: what was free is paid from this second on, and the owner is told. Runs in
/// the caller's transaction.
/// </summary>
public sealed class BeginPaying(ConvertToPaid convert, Notify notify)
{
    /// <summary>Never refuses.</summary>
    public async Task Run(Caller caller, Account account, DateTime now, CancellationToken stop)
    {
        await convert.Run(account.Id, now, stop);
        await notify.Run(caller, account.Id, account.Address, Notice.AccountUpgraded, now, stop);
    }
}
