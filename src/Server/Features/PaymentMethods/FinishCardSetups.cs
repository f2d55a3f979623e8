using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.PaymentMethods;

/// <summary>Keeps the cards that were entered while no terminal waited for them any more.</summary>
public sealed class FinishCardSetups(
    Db db, FinishCardSetup finish, TimeProvider clock, ILogger<FinishCardSetups> log)
{
    private const int BatchSize = 50;

    // A card that was entered in the last second is found even when nothing ran for a while.
    private static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>How many pages were looked at.</summary>
    public async Task<int> Run(Caller caller, CancellationToken stop)
    {
        var since = clock.UtcNow() - Grace;
        var (count, after) = (0, Guid.Empty);
        while (true)
        {
            // By age: identifiers begin with their time. Pages that nobody fills in do not hide those behind them.
            var open = await db.CardSetups.AsNoTracking()
                .Where(s => s.DoneAt == null && s.ExpiresAt > since && s.Id > after)
                .OrderBy(s => s.Id).Take(BatchSize).ToListAsync(stop);
            foreach (var setup in open) await Finish(caller, setup, stop);
            count += open.Count;
            if (open.Count < BatchSize) return count;
            after = open[^1].Id;
        }
    }

    /// <summary>One that fails does not stand in the way of those behind it.</summary>
    private async Task Finish(Caller caller, CardSetup setup, CancellationToken stop)
    {
        try
        {
            await finish.Run(caller, setup, stop);
        }
        catch (Exception failure) when (!stop.IsCancellationRequested)
        {
            log.LogError(failure, "Card setup {Id} could not be finished", setup.Id);
            db.ChangeTracker.Clear();
        }
    }
}
