using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Mail;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Passwords;

/// <summary>
/// Sets a new password with the token of a mail, once. It never logs anybody in and never touches the second factor; a
/// linked Google account goes, since it may be of whoever knew the old password.
/// </summary>
public sealed class ResetPassword(
    Db db, HashNewPassword hash, StoreNewPassword store, MasterKey key, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.InvalidToken"/> or what <see cref="HashNewPassword"/> refuses; a password that is
    /// refused leaves the token as it was.
    /// </summary>
    public async Task<Outcome<Done>> Run(
        Caller caller, string? token, string? password, bool keepKeys, CancellationToken stop)
    {
        var account = await Find(token, clock.UtcNow(), stop);
        if (account is null) return new Refusal(Reason.InvalidToken, Field.Token);
        if (!(await hash.Run(password, account.Identities, stop)).Is(out var hashed, out var refusal)) return refusal;
        var change = new NewPassword(
            hashed, AuditEvent.PasswordReset, Notice.PasswordReset, RevokesKeys: !keepKeys, Unlinks: true);
        return await db.Write(() => Reset(caller, account, token!, change, stop), stop);
    }

    private async Task<Outcome<Done>> Reset(
        Caller caller, Account account, string token, NewPassword change, CancellationToken stop)
    {
        var (hash, now) = (key.HashOfLink(token), clock.UtcNow());
        var used = await db.PasswordResets.Where(r => r.Hash == hash && r.ExpiresAt > now).ExecuteDeleteAsync(stop);
        if (used == 0) return new Refusal(Reason.InvalidToken, Field.Token);
        return await store.Run(caller, account, change, now, stop);
    }

    private async Task<Account?> Find(string? token, DateTime now, CancellationToken stop)
    {
        if (!OneTimeToken.IsLink(token)) return null;
        var hash = key.HashOfLink(token!);
        return await db.Accounts.AsNoTracking()
            .Where(a => a.ClosedAt == null)
            .SingleOrDefaultAsync(
                a => db.PasswordResets.Any(r => r.AccountId == a.Id && r.Hash == hash && r.ExpiresAt > now), stop);
    }
}
