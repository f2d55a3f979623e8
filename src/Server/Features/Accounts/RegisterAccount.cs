using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Confirmations;
using Gatehouse.Features.Passwords;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Accounts;

/// <summary>
/// Registration in one call, as older clients know it: an account with an unconfirmed address, which claims nothing
/// until its link is used. A taken address is answered like a fresh one.
/// </summary>
public sealed class RegisterAccount(
    Db db, AskForConfirmation ask, HashNewPassword hash, SignUpLimits limits, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.Required"/>, <see cref="Reason.InvalidFormat"/>,
    /// <see cref="Reason.TooManyAttempts"/> or what <see cref="HashNewPassword"/> refuses.
    /// </summary>
    public async Task<Outcome<Done>> Run(Caller caller, string? email, string? password, CancellationToken stop)
    {
        if (!EmailAddress.Parse(email).Is(out var address, out var refusal)) return refusal;
        var hashed = await hash.Run(password, [address.Canonical, address.Spelling], stop);
        if (!hashed.Is(out var passwordHash, out refusal)) return refusal;
        return await db.Write(() => Register(caller, address, passwordHash, stop), stop, namesToTry: 3);
    }

    private async Task<Outcome<Done>> Register(
        Caller caller, EmailAddress address, string passwordHash, CancellationToken stop)
    {
        if ((await limits.Take(caller, address, stop)).Refusal is { } tooMany) return tooMany;
        var now = clock.UtcNow();
        var account = Account.Open(address, passwordHash, confirmedAt: null, now);
        var signUp = SignUp.ForAccount(account, caller.Address, now);
        db.AddRange(account, signUp);
        await db.SaveChangesAsync(stop);
        await db.Append(caller, account.Id, new AuditFact(AuditEvent.AccountCreated), now, stop);
        var owner = await db.Accounts.Confirmed()
            .Where(a => a.Email == address.Canonical)
            .Select(a => a.EmailSpelling).SingleOrDefaultAsync(stop);
        return await ask.Run(signUp, owner, now, stop);
    }
}
