using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Notices;
using Gatehouse.Mail;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Accounts;

/// <summary>
/// Moves the caller's account from the free tier to the paid one, for good. Nothing is charged and no payment method is
/// asked for: without one the account is prepaid, and what it uses comes out of its credits.
/// </summary>
public sealed class UpgradeAccount(Db db, Notify notify, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.NotConfirmed"/>, <see cref="Reason.AlreadyUpgraded"/>,
    /// <see cref="Reason.NotLoggedIn"/> or <see cref="Reason.ScopeMissing"/>.
    /// </summary>
    public async Task<Outcome<Done>> Run(Caller caller, CancellationToken stop)
    {
        if (!caller.Holder(Scope.Billing).Is(out var id, out var refusal)) return refusal;
        return await db.Write(() => Upgrade(caller, id, stop), stop);
    }

    private async Task<Outcome<Done>> Upgrade(Caller caller, Guid id, CancellationToken stop)
    {
        var now = clock.UtcNow();
        var upgraded = await db.Accounts.Confirmed()
            .Where(a => a.Id == id && a.Tier == Tier.Free)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Tier, Tier.Standard), stop);
        var account = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == id, stop);
        if (upgraded == 0) return account.EmailConfirmedAt is null ? Reason.NotConfirmed : Reason.AlreadyUpgraded;
        var fact = new AuditFact(AuditEvent.AccountUpgraded, KeyId: caller.Key?.KeyId);
        await db.Append(caller, id, fact, now, stop);
        await notify.Run(caller, id, account.Address, Notice.AccountUpgraded, now, stop);
        return Done.It;
    }
}
