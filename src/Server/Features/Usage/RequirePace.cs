using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Usage;

/// <summary>
/// Whether one more change may be metered. Each makes an interval that bills are made of for ever, so there are only so
/// many a day: a program that scales up and down without end would make a bill that nobody can read. What ends or
/// shrinks is never held up. Runs in the caller's transaction, after the account was queued up.
/// </summary>
public sealed class RequirePace(Db db, Settings settings, TimeProvider clock)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Refuses with <see cref="Reason.TooManyAttempts"/>, and says when there is room again.</summary>
    public async Task<Outcome<Done>> Run(Guid accountId, CancellationToken stop)
    {
        var most = settings.Limits.UsageChangesPerDay;
        if (most == 0) return Done.It;
        var freeFrom = await db.UsageIntervals
            .Where(usage => usage.AccountId == accountId)
            .OrderByDescending(usage => usage.StartsAt).Skip(most - 1)
            .Select(usage => (long?)usage.StartsAt).FirstOrDefaultAsync(stop);
        if (freeFrom is not { } oldest) return Done.It;
        var wait = Seconds.ToMoment(oldest) + Day - clock.UtcNow();
        return wait <= TimeSpan.Zero ? Done.It : new Refusal(Reason.TooManyAttempts, RetryAfter: wait);
    }
}
