using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Apps;

/// <summary>
/// Finds an app to change it. Until the caller's transaction ends, every other change of what belongs to its owner
/// waits, whoever makes it: what is read from here on holds. Runs in the caller's transaction.
/// </summary>
public sealed class TakeApp(Db db, FindApp find, Tariff tariff, TimeProvider clock)
{
    /// <summary>Refuses with what <see cref="FindApp"/> refuses.</summary>
    public async Task<Outcome<TakenApp>> Run(Caller caller, string? name, AppRole least, CancellationToken stop)
    {
        if (!(await find.Run(caller, name, least, stop)).Is(out var seen, out var refusal)) return refusal;
        await db.QueueUp(seen.App.OwnerId, stop);
        // Read again: what was seen before the wait may have changed hands, or be gone.
        if (!(await find.Run(caller, name, least, stop)).Is(out var found, out refusal)) return refusal;
        if (found.App.OwnerId != seen.App.OwnerId) return new Refusal(Reason.NotFound, Field.AppName);
        var owner = await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == found.App.OwnerId, stop);
        return new TakenApp(found.App, owner, found.Role, found.CallerId)
        {
            Limits = tariff.Of(owner.Tier),
            IsSuspended = owner.SuspendedAt is not null
                || await db.Accounts.AnyAsync(a => a.Id == found.CallerId && a.SuspendedAt != null, stop),
            Now = clock.UtcNow(),
        };
    }
}

/// <summary>An app that only the caller's transaction changes now.</summary>
/// <param name="App">The app.</param>
/// <param name="Owner">Who pays for it, and whose tier counts.</param>
/// <param name="Role">What the caller may do with it.</param>
/// <param name="CallerId">The caller's account.</param>
public sealed record TakenApp(App App, Account Owner, AppRole Role, Guid CallerId)
{
    /// <summary>What the owner's tier allows.</summary>
    public required TierLimits Limits { get; init; }

    /// <summary>Whether the owner or the caller is suspended: they may look and leave, and change nothing else.</summary>
    public required bool IsSuspended { get; init; }

    /// <summary>The moment of the change (UTC).</summary>
    public required DateTime Now { get; init; }
}
