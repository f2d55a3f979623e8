using Gatehouse.Domain;

namespace Gatehouse.Platform;

/// <summary>How many messages may be asked for: per address and kind, and per place they are asked from.</summary>
public sealed class MailLimits(RateLimits limits, Settings settings)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Counts one message; false when it must not leave. Whoever asked is not told.</summary>
    public async Task<bool> Allow(string kind, Caller caller, EmailAddress to, CancellationToken stop)
    {
        var taken = await limits.Take(
            [
                new Limit($"mail-{kind}-hour", to.Canonical, settings.Limits.MailsPerEmailInAnHour, Hour),
                new Limit($"mail-{kind}-day", to.Canonical, settings.Limits.MailsPerEmailInADay, Day),
                new Limit("mail-requests", caller.Host, settings.Limits.MailRequestsPerAddress, Hour),
            ],
            stop);
        return taken.Refusal is null;
    }
}
