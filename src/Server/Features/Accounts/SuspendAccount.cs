using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Suspensions;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Accounts;

/// <summary>Suspends an account, by the operator: it may look, pay and leave, and use nothing more.</summary>
public sealed class SuspendAccount(Db db, BeginSuspension begin, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.NotFound"/>, <see cref="Reason.Required"/> without a reason, or
    /// <see cref="Reason.AccountDisabled"/> when it is suspended or closed already.
    /// </summary>
    public async Task<Outcome<FoundAccount>> Run(Caller caller, string who, string? reason, CancellationToken stop)
    {
        if (caller != Caller.Operator) return Reason.NotFound;
        if (string.IsNullOrWhiteSpace(reason)) return Reason.Required;
        return await db.Write(() => Suspend(caller, who, reason, clock.UtcNow(), stop), stop);
    }

    private async Task<Outcome<FoundAccount>> Suspend(
        Caller caller, string who, string reason, DateTime now, CancellationToken stop)
    {
        var account = await db.FindByAnyName(who, stop);
        if (account is null) return Reason.NotFound;
        await db.QueueUp(account.Id, stop);
        var suspended = await begin.Run(caller.Because(reason), account, SuspensionCause.Operator, now, stop);
        if (!suspended) return Reason.AccountDisabled;
        return FoundAccount.Of(await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == account.Id, stop));
    }
}
