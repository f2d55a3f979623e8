using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.ApiKeys;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Logins;

/// <summary>
/// A full login: checks the password and makes a key for the device. Whatever the account — unknown, unconfirmed,
/// without a password — a wrong password costs one hash and the same statements, and gets the same answer.
/// </summary>
public sealed class LogIn(
    Db db, CheckPassword checkPassword, CreateLoginKey createKey, LoginLimits limits, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.WrongCredentials"/>, <see cref="Reason.NotConfirmed"/> (only after a right
    /// password), <see cref="Reason.TooManyAttempts"/>, <see cref="Reason.Busy"/>, or on a password that cannot be one.
    /// </summary>
    public async Task<Outcome<LoggedIn>> Run(Caller caller, Credentials given, CancellationToken stop)
    {
        if (!Password.Parse(given.Password).Is(out var password, out var refusal)) return refusal;
        var account = await Find(given.Email, stop);
        var subject = account?.Id.ToString("D") ?? Identifier(given.Email);
        if (!(await limits.Take(caller, subject, stop)).Is(out var attempt, out refusal)) return refusal;
        var readings = given.Literal is null ? [password] : Readings(password, given.Literal);
        var check = await checkPassword.Run(caller, account, subject, readings, stop);
        if (check.Refusal is { Reason: Reason.Busy } busy)
        {
            await db.Write(() => GiveBack(attempt, stop), stop);
            return busy;
        }

        return check.Refusal is { } wrong
            ? wrong
            : await db.Write(() => Enter(caller, account!, attempt, given.Device, stop), stop);
    }

    private static IReadOnlyList<Password> Readings(Password decoded, string literal) =>
        Password.Parse(literal).Match<IReadOnlyList<Password>>(raw => [decoded, raw], _ => [decoded]);

    private async Task<Done> GiveBack(LoginAttempt attempt, CancellationToken stop)
    {
        await limits.GiveBack(attempt, stop);
        return Done.It;
    }

    private async Task<Outcome<LoggedIn>> Enter(
        Caller caller, Account account, LoginAttempt attempt, string? device, CancellationToken stop)
    {
        var now = clock.UtcNow();
        await limits.Succeed(caller, account.Id.ToString("D"), attempt, stop);
        if (account.EmailConfirmedAt is null) return new Refusal(Reason.NotConfirmed, Field.Email);
        await db.Append(caller, account.Id, new AuditFact(AuditEvent.LoginSucceeded), now, stop);
        return new LoggedIn(account.EmailSpelling, await createKey.Run(caller, account.Id, device, now, stop));
    }

    /// <summary>The one confirmed account of an address, or else the newest claim on it; what is no address is nobody's.</summary>
    private Task<Account?> Find(string? email, CancellationToken stop)
    {
        // Asked all the same, so that it takes as long; never with the text itself, which may hold what no database takes.
        var canonical = EmailAddress.Parse(email).Match(address => address.Canonical, _ => "");
        return db.Accounts
            .Where(a => a.Email == canonical)
            .OrderBy(a => a.EmailConfirmedAt == null).ThenByDescending(a => a.CreatedAt)
            .FirstOrDefaultAsync(stop);
    }

    private static string Identifier(string? email) =>
        EmailAddress.Parse(email).Match(address => address.Canonical, _ => email?.Trim() ?? "");
}

/// <summary>What somebody logs in with.</summary>
/// <param name="Email">The address, in any spelling.</param>
/// <param name="Password">As typed.</param>
/// <param name="Device">What the new key is named after; may be missing.</param>
/// <param name="Literal">
/// The password as it stood in the request, where it had to be decoded and may not have been encoded at all; counts as
/// the same attempt.
/// </param>
public sealed record Credentials(string? Email, string? Password, string? Device = null, string? Literal = null);

/// <summary>A login that succeeded.</summary>
public sealed record LoggedIn(string Email, Secret Key);
