using Gatehouse.Domain;

namespace Gatehouse.Platform;

/// <summary>How many sign-ups one place may start, and one address may get, and how many codes may be tried.</summary>
public sealed class SignUpLimits(RateLimits limits, Settings settings)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Counts one sign-up; refuses with <see cref="Reason.TooManyAttempts"/>.</summary>
    public Task<Outcome<Done>> Take(Caller caller, EmailAddress email, CancellationToken stop) => limits.Take(
        [
            new Limit("sign-ups-address", caller.Host, settings.Limits.SignUpsPerAddress, Hour),
            new Limit("sign-ups-email", email.Canonical, settings.Limits.SignUpsPerEmail, Hour),
        ],
        stop);

    /// <summary>Counts one code for an address, whether or not anything waits there.</summary>
    public Task<Outcome<Done>> TakeCode(EmailAddress email, CancellationToken stop) => limits.Take(
        [new Limit("code-by-email", email.Canonical, settings.Limits.CodeTries, SignUp.CodeLife)], stop);
}
