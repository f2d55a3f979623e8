using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Credentials;
using Gatehouse.Platform;

namespace Gatehouse.Features.Logins;

/// <summary>
/// What every log-in with a password has to pass: the limits, the password, then the second factor where one is on.
/// Whatever the account - unknown, unconfirmed, closed, without a password - a wrong password costs one hash and the
/// same statements, and gets the same answer.
/// </summary>
public sealed class CheckLogin(
    Db db, CheckPassword checkPassword, CheckFactor checkFactor, LoginLimits limits, WarnOfGuessing warn)
{
    /// <summary>
    /// Refuses with <see cref="Reason.WrongCredentials"/>; after a right password with <see
    /// cref="Reason.NotConfirmed"/> or what <see cref="CheckFactor"/> refuses; with <see
    /// cref="Reason.TooManyAttempts"/>, <see cref="Reason.PasswordClosed"/>, <see cref="Reason.Busy"/>, or on a
    /// password that cannot be one.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="claim">Who it claims to be.</param>
    /// <param name="given">What it brings.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<Outcome<ProvenLogin>> Run(
        Caller caller, ClaimedAccount claim, Credentials given, CancellationToken stop)
    {
        if (!Password.Parse(given.Password).Is(out var password, out var refusal)) return refusal;
        var subject = claim.Account?.Id.ToString("D") ?? claim.Identifier;
        if (!(await limits.Take(caller, subject, stop)).Is(out var attempt, out refusal))
            return await warn.Run(caller, claim.Account, subject, refusal, stop);
        var readings = given.Literal is null ? [password] : Readings(password, given.Literal);
        var check = await checkPassword.Run(caller, claim.Account, subject, readings, stop);
        if (check.Refusal is { } wrong) return await Refuse(attempt, wrong, stop);
        var account = claim.Account!;
        if (account.EmailConfirmedAt is null && !claim.MayBeUnconfirmed)
            return await Refuse(attempt, new Refusal(Reason.NotConfirmed, Field.Email), stop);
        var factor = await checkFactor.Run(caller, account, given.MfaToken, stop);
        if (factor.Refusal is { } missing) return await Refuse(attempt, missing, stop);
        return new ProvenLogin(account, attempt) { Device = given.Device };
    }

    /// <summary>Refuses with <see cref="Reason.Busy"/> at once what would be refused so later.</summary>
    internal Refusal? Crowded() => checkPassword.Crowded();

    private static IReadOnlyList<Password> Readings(Password decoded, string literal) =>
        Password.Parse(literal).Match<IReadOnlyList<Password>>(raw => [decoded, raw], _ => [decoded]);

    /// <summary>Only a wrong password counts as one.</summary>
    private async Task<Outcome<ProvenLogin>> Refuse(LoginAttempt attempt, Refusal refusal, CancellationToken stop)
    {
        if (refusal.Reason == Reason.WrongCredentials) return refusal;
        return await db.Write<Outcome<ProvenLogin>>(
            async () =>
            {
                await limits.GiveBack(attempt, stop);
                return refusal;
            },
            stop);
    }
}

/// <summary>Who somebody claims to be.</summary>
/// <param name="Account">The account that is named; null when there is none.</param>
/// <param name="Identifier">The name in its canonical form, which limits count where there is no account.</param>
/// <param name="MayBeUnconfirmed">Says whether the address may still be unproven.</param>
public sealed record ClaimedAccount(Account? Account, string Identifier, bool MayBeUnconfirmed = false);

/// <summary>Somebody who proved to be the account's owner.</summary>
public sealed record ProvenLogin(Account Account, LoginAttempt Attempt)
{
    /// <summary>The linked identity that it came by; null for a password.</summary>
    public Guid? LinkId { get; init; }

    /// <summary>What the device calls itself; null where it says nothing.</summary>
    public string? Device { get; init; }
}
