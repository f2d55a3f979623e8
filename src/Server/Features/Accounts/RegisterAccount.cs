using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Confirmations;
using Gatehouse.Features.Passwords;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Accounts;

/// <summary>
/// Registration in one call: an account with an unconfirmed address, which claims nothing until its link is used. A
/// taken address is answered like a fresh one, and the account exists either way. A taken user name is said: names are
/// public.
/// </summary>
public sealed class RegisterAccount(
    Db db, AskForConfirmation ask, HashNewPassword hash, SignUpLimits limits, TimeProvider clock)
{
    // A random user name meets an existing one about never.
    private const int NamesToTry = 3;

    /// <summary>
    /// The account. Refuses with <see cref="Reason.Required"/>, <see cref="Reason.InvalidFormat"/>,
    /// <see cref="Reason.Taken"/> (the user name), <see cref="Reason.TooManyAttempts"/> or what
    /// <see cref="HashNewPassword"/> refuses, which alone is not counted.
    /// </summary>
    public async Task<Outcome<Account>> Run(Caller caller, Registration wanted, CancellationToken stop)
    {
        if (!EmailAddress.Parse(wanted.Email).Is(out var address, out var refusal)) return refusal;
        if (!ParseName(wanted.UserName).Is(out var name, out refusal)) return refusal;
        IReadOnlyList<string> identities = [address.Canonical, address.Spelling, wanted.UserName ?? ""];
        // Counted before it is hashed, so that a flood costs no more hashes than the limits let accounts be.
        if ((await limits.Take(caller, address, stop)).Refusal is { } tooMany) return tooMany;
        var hashed = await hash.Run(wanted.Password, identities, stop);
        if (!hashed.Is(out var passwordHash, out refusal))
        {
            await limits.GiveBack(caller, address, stop);
            return refusal;
        }

        var tries = name.Wanted is null ? NamesToTry : 1;
        try
        {
            return await db.Write(() => Register(caller, address, name.Wanted, passwordHash, stop), stop, tries);
        }
        catch (Exception taken) when (name.Wanted is not null && db.IsTaken(taken))
        {
            return NameTaken;
        }
    }

    private static Refusal NameTaken => new(Reason.Taken, Field.UserName);

    private async Task<Outcome<Account>> Register(
        Caller caller, EmailAddress address, UserName? name, string passwordHash, CancellationToken stop)
    {
        // The index decides; this only spares the attempt.
        if (name is not null && await db.Accounts.AnyAsync(a => a.UserNameCanonical == name.Canonical, stop))
            return NameTaken;
        var now = clock.UtcNow();
        var account = Account.Open(address, passwordHash, confirmedAt: null, now, name);
        var signUp = SignUp.ForAccount(account, caller.Address, now);
        db.AddRange(account, signUp);
        await db.SaveChangesAsync(stop);
        await db.Append(caller, account.Id, new AuditFact(AuditEvent.AccountCreated), now, stop);
        var owner = await db.Accounts.Confirmed()
            .Where(a => a.Email == address.Canonical)
            .Select(a => a.EmailSpelling).SingleOrDefaultAsync(stop);
        await ask.Run(signUp, owner, now, stop);
        return account;
    }

    private static Outcome<Choice> ParseName(string? text) => text is null
        ? new Choice(null)
        : UserName.Parse(text).Match<Outcome<Choice>>(name => new Choice(name), refusal => refusal);

    private readonly record struct Choice(UserName? Wanted);
}

/// <summary>What somebody registers with.</summary>
/// <param name="Email">The address, which is not proven yet.</param>
/// <param name="Password">As typed.</param>
/// <param name="UserName">The public name; null for one at random.</param>
public sealed record Registration(string? Email, string? Password, string? UserName = null);
