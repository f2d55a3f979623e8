using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Mail;
using Gatehouse.Platform;

namespace Gatehouse.Features.Passwords;

/// <summary>
/// A new password for somebody who is logged in. Other logins end, open links are void; API keys end only if asked for,
/// because programs hold them.
/// </summary>
public sealed class ChangePassword(
    Db db, RequireStepUp stepUp, HashNewPassword hash, StoreNewPassword store, TimeProvider clock)
{
    /// <summary>
    /// Refuses what <see cref="RequireStepUp"/> and <see cref="HashNewPassword"/> refuse, and with
    /// <see cref="Reason.NotLoggedIn"/> when the owner's own reset or revocation was faster.
    /// </summary>
    public async Task<Outcome<Done>> Run(
        Caller caller, Proof proof, string? newPassword, bool revokeKeys, CancellationToken stop)
    {
        if (!(await stepUp.Run(caller, proof, stop)).Is(out var account, out var refusal)) return refusal;
        var hashed = await hash.Run(newPassword, account.Identities, stop);
        if (!hashed.Is(out var passwordHash, out refusal)) return InNewField(refusal);
        var change = new NewPassword(passwordHash, AuditEvent.PasswordChanged, Notice.PasswordChanged, revokeKeys);
        return await db.Write(() => Change(caller, account, change, stop), stop);
    }

    private async Task<Outcome<Done>> Change(
        Caller caller, Account account, NewPassword change, CancellationToken stop) =>
        await db.StillHolds(caller, account, stop)
            ? await store.Run(caller, account, change, clock.UtcNow(), stop)
            : Reason.NotLoggedIn;

    private static Refusal InNewField(Refusal refusal) =>
        refusal.Field is null ? refusal : refusal with { Field = Field.NewPassword };
}
