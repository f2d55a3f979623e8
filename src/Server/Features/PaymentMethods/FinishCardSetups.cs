using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.PaymentMethods;

/// <summary>Keeps the cards that were entered while no terminal waited for them any more.</summary>
public sealed class FinishCardSetups(Db db, FinishCardSetup finish, TimeProvider clock)
{
    private const int BatchSize = 50;

    /// <summary>How many pages were looked at.</summary>
    public async Task<int> Run(Caller caller, CancellationToken stop)
    {
        var now = clock.UtcNow();
        var open = await db.CardSetups.AsNoTracking()
            .Where(s => s.DoneAt == null && s.ExpiresAt > now)
            .OrderBy(s => s.CreatedAt).Take(BatchSize).ToListAsync(stop);
        foreach (var setup in open) await finish.Run(caller, setup, stop);
        return open.Count;
    }
}
