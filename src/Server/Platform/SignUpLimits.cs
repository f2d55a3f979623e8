using Gatehouse.Domain;

namespace Gatehouse.Platform;

/// <summary>
/// How many sign-ups one place may start, and one address may get; how many codes may be tried and passwords chosen.
/// </summary>
public sealed class SignUpLimits(RateLimits limits, Settings settings)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Counts one sign-up; refuses with <see cref="Reason.TooManyAttempts"/>.</summary>
    public Task<Outcome<Done>> Take(Caller caller, EmailAddress email, CancellationToken stop) =>
        limits.Take(SignUps(caller, email), stop);

    /// <summary>
    /// Counts one sign-up whose address an OpenID provider vouches for, by place alone; refuses with <see
    /// cref="Reason.TooManyAttempts"/>.
    /// </summary>
    public Task<Outcome<Done>> TakeProven(Caller caller, CancellationToken stop) => limits.Take([At(caller)], stop);

    /// <summary>Nobody signed up after all, and nothing was hashed.</summary>
    public Task GiveBack(Caller caller, EmailAddress email, CancellationToken stop) =>
        limits.GiveBack(SignUps(caller, email), stop);

    /// <summary>Counts one code for an address, whether or not anything waits there.</summary>
    public Task<Outcome<Done>> TakeCode(EmailAddress email, CancellationToken stop) => limits.Take(
        [new Limit("code-by-email", email.Canonical, settings.Limits.CodeTries, SignUp.CodeLife)], stop);

    /// <summary>Counts one password for a sign-up, because each costs a hash.</summary>
    public Task<Outcome<Done>> TakePassword(Guid signUp, CancellationToken stop) =>
        limits.Take([Passwords(signUp)], stop);

    /// <summary>Nothing was hashed after all.</summary>
    public Task GiveBackPassword(Guid signUp, CancellationToken stop) => limits.GiveBack([Passwords(signUp)], stop);

    private Limit[] SignUps(Caller caller, EmailAddress email) =>
    [
        At(caller),
        new Limit("sign-ups-email", email.Canonical, settings.Limits.SignUpsPerEmail, Hour),
    ];

    private Limit At(Caller caller) =>
        new("sign-ups-address", caller.Host, settings.Limits.SignUpsPerAddress, Hour);

    private Limit Passwords(Guid signUp) =>
        new("sign-up-passwords", signUp.ToString("D"), settings.Limits.PasswordChoices, Hour);
}
