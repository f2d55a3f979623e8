using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Accounts;

/// <summary>
/// Closes the caller's account: from this moment it is as if it did not exist, for everybody and on every node. A link
/// in a mail brings it back while it is not erased. What it used is invoiced first, to this second, and collected.
/// </summary>
public sealed class CloseAccount(
    Db db, RequireStepUp stepUp, SettleUsage settle, EndAccount end, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.Mismatch"/> when the address is not the account's, with
    /// <see cref="Reason.AppsLeft"/> while it has apps, or with what <see cref="RequireStepUp"/> refuses.
    /// </summary>
    public async Task<Outcome<Done>> Run(Caller caller, string? email, Proof proof, CancellationToken stop)
    {
        if (!EmailAddress.Parse(email).Is(out var given, out var refusal)) return refusal;
        if (!(await stepUp.Run(caller, proof, stop)).Is(out var account, out refusal)) return refusal;
        if (given.Canonical != account.Email) return new Refusal(Reason.Mismatch, Field.Email);
        // What could not be collected is tried once more. Periods that are over come first, so that their numbers do.
        await db.CollectAgain(account.Id, clock.UtcNow(), stop);
        await settle.Run(account.Id, stop);
        if (!(await db.Write(() => Close(caller, account, stop), stop)).Is(out var done, out refusal)) return refusal;
        await settle.Run(account.Id, stop);
        return done;
    }

    private async Task<Outcome<Done>> Close(Caller caller, Account proven, CancellationToken stop)
    {
        var now = clock.UtcNow();
        // Whoever makes an app at this moment is done, and is seen, or waits and then finds the account closed.
        if (!await db.StillHolds(caller, proven, stop)) return Reason.NotLoggedIn;
        var account = await db.Accounts.SingleAsync(a => a.Id == proven.Id, stop);
        var apps = await db.Apps.CountAsync(app => app.OwnerId == account.Id, stop);
        if (apps > 0) return new Refusal(Reason.AppsLeft, Number: apps);
        await end.Run(caller, account, now, stop);
        return Done.It;
    }
}
