using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Logins;

/// <summary>
/// A full login: checks the password, then the second factor where one is on, and makes a key for the device. Whatever
/// the account — unknown, unconfirmed, closed, without a password — a wrong password costs one hash and the same
/// statements, and gets the same answer.
/// </summary>
public sealed class LogIn(
    Db db, CheckPassword checkPassword, CheckFactor checkFactor, EnterAccount enter, LoginLimits limits)
{
    /// <summary>
    /// Refuses with <see cref="Reason.WrongCredentials"/>; after a right password with <see
    /// cref="Reason.NotConfirmed"/> or what <see cref="CheckFactor"/> refuses; with <see
    /// cref="Reason.TooManyAttempts"/>, <see cref="Reason.Busy"/>, or on a password that cannot be one.
    /// </summary>
    public async Task<Outcome<LoggedIn>> Run(Caller caller, Credentials given, CancellationToken stop)
    {
        if (!Password.Parse(given.Password).Is(out var password, out var refusal)) return refusal;
        // Asked even where there is no address, so that it takes as long; but never with a text no database takes.
        var canonical = EmailAddress.Parse(given.Email).Match(address => address.Canonical, _ => "");
        var account = await db.Accounts.Naming(canonical).FirstOrDefaultAsync(stop);
        var subject = account?.Id.ToString("D") ?? (canonical != "" ? canonical : given.Email?.Trim() ?? "");
        if (!(await limits.Take(caller, subject, stop)).Is(out var attempt, out refusal)) return refusal;
        var readings = given.Literal is null ? [password] : Readings(password, given.Literal);
        var check = await checkPassword.Run(caller, account, subject, readings, stop);
        if (check.Refusal is { } wrong) return await Refuse(attempt, wrong, stop);
        if (account!.EmailConfirmedAt is null)
            return await Refuse(attempt, new Refusal(Reason.NotConfirmed, Field.Email), stop);
        var factor = await checkFactor.Run(caller, account, given.MfaToken, stop);
        if (factor.Refusal is { } missing) return await Refuse(attempt, missing, stop);
        return await db.Write(() => enter.Run(caller, account, attempt, given.Device, stop), stop);
    }

    private static IReadOnlyList<Password> Readings(Password decoded, string literal) =>
        Password.Parse(literal).Match<IReadOnlyList<Password>>(raw => [decoded, raw], _ => [decoded]);

    /// <summary>Only a wrong password counts as one.</summary>
    private async Task<Outcome<LoggedIn>> Refuse(LoginAttempt attempt, Refusal refusal, CancellationToken stop)
    {
        if (refusal.Reason == Reason.WrongCredentials) return refusal;
        return await db.Write<Outcome<LoggedIn>>(
            async () =>
            {
                await limits.GiveBack(attempt, stop);
                return refusal;
            },
            stop);
    }
}

/// <summary>What somebody logs in with.</summary>
/// <param name="Email">The address, in any spelling.</param>
/// <param name="Password">As typed.</param>
/// <param name="MfaToken">A code of the second factor, or a recovery code; only needed where a factor is on.</param>
/// <param name="Device">What the new key is named after; may be missing.</param>
/// <param name="Literal">
/// The password as it stood in the request, where it had to be decoded and may not have been encoded at all; counts as
/// the same attempt.
/// </param>
public sealed record Credentials(
    string? Email, string? Password, string? MfaToken = null, string? Device = null, string? Literal = null);

/// <summary>A login that succeeded.</summary>
public sealed record LoggedIn(string Email, Secret Key);
