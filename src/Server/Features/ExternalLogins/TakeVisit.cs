using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Gateways;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.ExternalLogins;

/// <summary>
/// Takes back a visit from the provider: once, and only from the browser that was sent. One statement decides.
/// </summary>
public sealed class TakeVisit(Db db, MasterKey key, TimeProvider clock)
{
    /// <summary>
    /// Refuses with <see cref="Reason.InvalidToken"/>: <c>state</c> is missing, unknown, used, too old, or another
    /// browser's.
    /// </summary>
    public async Task<Outcome<TakenVisit>> Run(string? state, string? browser, CancellationToken stop)
    {
        if (!OneTimeToken.IsLink(state) || !OneTimeToken.IsLink(browser)) return Invalid;
        var (stateHash, browserHash, now) = (key.HashOfState(state!), key.HashOfVisitor(browser!), clock.UtcNow());
        var found = await db.ProviderVisits.AsNoTracking()
            .SingleOrDefaultAsync(v => v.StateHash == stateHash && v.BrowserHash == browserHash, stop);
        if (found is null) return Invalid;
        var taken = await db.Write(
            () => db.ProviderVisits
                .Where(v => v.Id == found.Id && v.StateHash == stateHash && v.ExpiresAt > now)
                .ExecuteUpdateAsync(set => set.SetProperty(v => v.StateHash, (byte[]?)null), stop),
            stop);
        return taken == 1 ? new TakenVisit(found, key.PassageOf(new Secret(state!))) : Invalid;
    }

    private static Refusal Invalid => new(Reason.InvalidToken, Field.OAuth);
}

/// <summary>A visit that came back.</summary>
/// <param name="Visit">The visit.</param>
/// <param name="Passage">What it was sent away with.</param>
public sealed record TakenVisit(ProviderVisit Visit, Passage Passage);
