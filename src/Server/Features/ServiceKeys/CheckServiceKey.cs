using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ServiceKeys;

/// <summary>
/// Finds out whether the platform asks. Junk is refused by its checksum; a well-formed key costs one read, so a revoked
/// one is refused on every node at once.
/// </summary>
public sealed class CheckServiceKey(Db db, MasterKey key, ApiKeyFailures failures, TimeProvider clock)
{
    private static readonly TimeSpan UseGranularity = TimeSpan.FromHours(1);

    /// <summary>
    /// The caller as the platform. Refuses with <see cref="Reason.NotLoggedIn"/>, or with
    /// <see cref="Reason.TooManyAttempts"/> where too many unknown keys came from.
    /// </summary>
    public async Task<Outcome<Caller>> Run(Caller visitor, Secret presented, CancellationToken stop)
    {
        if (!ServiceKeyText.IsWellFormed(presented.Reveal())) return Reason.NotLoggedIn;
        if (failures.Pause(visitor) is { } pause) return new Refusal(Reason.TooManyAttempts, RetryAfter: pause);
        var (hash, now) = (key.HashOfService(presented), clock.UtcNow());
        var found = await db.ServiceKeys.AsNoTracking().SingleOrDefaultAsync(k => k.Hash == hash, stop);
        if (found is null) return await failures.Count(visitor, stop) ?? new Refusal(Reason.NotLoggedIn);
        if (found.LastUsedAt is null || found.LastUsedAt <= now - UseGranularity)
            await db.Write(
                () => db.ServiceKeys.Where(k => k.Id == found.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(k => k.LastUsedAt, now), stop),
                stop);
        return visitor with { ServiceKey = new PresentedServiceKey(found.Id) };
    }
}
