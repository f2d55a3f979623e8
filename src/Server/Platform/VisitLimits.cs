using Gatehouse.Domain;

namespace Gatehouse.Platform;

/// <summary>How many visits to the OpenID provider one place may begin; each is a row until its time is over.</summary>
public sealed class VisitLimits(RateLimits limits, Settings settings)
{
    /// <summary>Counts one; refuses with <see cref="Reason.TooManyAttempts"/>.</summary>
    public Task<Outcome<Done>> Take(Caller caller, CancellationToken stop) => limits.Take(
        [new Limit("google-starts-host", caller.Host, settings.Limits.GoogleStartsPerAddress, TimeSpan.FromHours(1))],
        stop);
}
