using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Suspensions;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Accounts;

/// <summary>
/// Ends the suspension of an account, by the operator. Where an invoice is overdue, a suspension for another reason
/// gives way to the one for that, which asking again ends too.
/// </summary>
public sealed class RestoreAccount(Db db, EndSuspension end, TimeProvider clock)
{
    /// <summary>
    /// The account, which is still suspended when it owes an invoice that is overdue. Refuses with
    /// <see cref="Reason.NotFound"/>, <see cref="Reason.Required"/> without a reason, or
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
        var ended = await end.Run(caller.Because(reason), account, cause: null, now, stop);
        var after = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == account.Id, stop);
        return ended || after.SuspendedFor != account.SuspendedFor ? FoundAccount.Of(after) : Reason.NotActive;
    }
}
