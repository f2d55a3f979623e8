using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Mail;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.EmailChanges;

/// <summary>
/// Asks for another address: a confirm link to the next one, a revoke link to the current one, and nothing changes. Who
/// the next address belongs to makes no difference to the answer.
/// </summary>
public sealed class RequestEmailChange(
    Db db, RequireStepUp stepUp, Postbox postbox, EmailChangeLinks links, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.Required"/> or <see cref="Reason.InvalidFormat"/> of the address,
    /// <see cref="Reason.Taken"/> when it is the account's own, or what <see cref="RequireStepUp"/> refuses.
    /// </summary>
    public async Task<Outcome<Done>> Run(Caller caller, string? nextEmail, Proof proof, CancellationToken stop)
    {
        if (!EmailAddress.Parse(nextEmail).Is(out var next, out var refusal))
            return refusal with { Field = Field.NextEmail };
        if (!(await stepUp.Run(caller, proof, stop)).Is(out var account, out refusal)) return refusal;
        if (account.Email == next.Canonical) return new Refusal(Reason.Taken, Field.NextEmail);
        return await db.Write(() => Request(caller, account, next, clock.UtcNow(), stop), stop);
    }

    private async Task<Outcome<Done>> Request(
        Caller caller, Account account, EmailAddress next, DateTime now, CancellationToken stop)
    {
        if (!await db.StillHolds(caller, account, stop)) return Reason.NotLoggedIn;
        var fact = new AuditFact(AuditEvent.EmailChangeRequested, KeyId: caller.Key?.KeyId);
        await db.Append(caller, account.Id, fact, now, stop);
        if (!await links.Allow(caller, next, stop)) return Done.It;
        await db.EmailChanges
            .Where(c => c.AccountId == account.Id && c.ConfirmedAt == null).ExecuteDeleteAsync(stop);
        var (confirm, revoke) = (OneTimeToken.NewLink(), OneTimeToken.NewLink());
        var hashes = (links.HashOf(confirm), links.HashOf(revoke));
        db.EmailChanges.Add(EmailChange.Request(account, next, hashes, caller.Address, now));
        var toNext = new ConfirmEmailChangeMail(confirm, caller.Address, now);
        var toCurrent = new RevokeEmailChangeMail(revoke, next.Spelling, caller.Address, now);
        db.OutboxMails.AddRange(postbox.Write(next, toNext, now), postbox.Write(account.Address, toCurrent, now));
        return Done.It;
    }
}
