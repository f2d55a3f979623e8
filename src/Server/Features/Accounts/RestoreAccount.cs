using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Suspensions;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Accounts;

/// <summary>Ends the suspension of an account, by the operator.</summary>
public sealed class RestoreAccount(Db db, EndSuspension end, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.NotFound"/>, <see cref="Reason.Required"/> without a reason, or
    /// <see cref="Reason.NotActive"/> when it is not suspended.
    /// </summary>
    public async Task<Outcome<FoundAccount>> Run(Caller caller, string who, string? reason, CancellationToken stop)
    {
        if (caller != Caller.Operator) return Reason.NotFound;
        if (string.IsNullOrWhiteSpace(reason)) return Reason.Required;
        return await db.Write(() => Restore(caller, who, reason, clock.UtcNow(), stop), stop);
    }

    private async Task<Outcome<FoundAccount>> Restore(
        Caller caller, string who, string reason, DateTime now, CancellationToken stop)
    {
        var account = await db.FindByAnyName(who, stop);
        if (account is null) return Reason.NotFound;
        await db.QueueUp(account.Id, stop);
        if (!await end.Run(caller.Because(reason), account, cause: null, now, stop)) return Reason.NotActive;
        return FoundAccount.Of(await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == account.Id, stop));
    }
}
