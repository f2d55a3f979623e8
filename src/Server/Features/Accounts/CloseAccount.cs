using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Mail;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Accounts;

/// <summary>
/// Closes the caller's account: from this moment it is as if it did not exist, for everybody and on every node. A link
/// in a mail brings it back while it is not erased.
/// </summary>
public sealed class CloseAccount(
    Db db, RequireStepUp stepUp, EndAccess endAccess, ClosingMail mail, TimeProvider clock)
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
        return await db.Write(() => Close(caller, account, stop), stop);
    }

    private async Task<Outcome<Done>> Close(Caller caller, Account account, CancellationToken stop)
    {
        var (token, now) = (OneTimeToken.NewLink(), clock.UtcNow());
        // Whoever makes an app at this moment is done, and is seen, or waits and then finds the account closed.
        await db.QueueUp(account.Id, stop);
        await db.Entry(account).ReloadAsync(stop);
        if (account.ClosedAt is not null) return Reason.NotLoggedIn;
        var apps = await db.Apps.CountAsync(app => app.OwnerId == account.Id, stop);
        if (apps > 0) return new Refusal(Reason.AppsLeft, Number: apps);
        var fact = new AuditFact(AuditEvent.AccountClosed, KeyId: caller.Key?.KeyId);
        await db.Append(caller, account.Id, fact, now, stop);
        account.Close(mail.HashOf(token), now);
        await endAccess.Run(account.Id, new Access(Keys: true), stop);
        db.OutboxMails.Add(mail.Write(caller, account, token, now));
        return Done.It;
    }
}
