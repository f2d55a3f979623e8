using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Usage;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.Apps;

/// <summary>
/// Whether a paid account can pay for something more: within the cap that its owner set, with a payment method always;
/// without one it is prepaid, and its credits have to cover the next hour of all that it has then. Runs in the caller's
/// transaction.
/// </summary>
public sealed class RequireFunds(Db db, RequireRoom room, RequirePace pace, Tariff tariff, TimeProvider clock)
{
    // Of the shortest month, in which an hour costs the most.
    private const int HoursOfMonth = 28 * 24;

    /// <summary>
    /// Refuses with <see cref="Reason.SpendCapReached"/>, <see cref="Reason.InsufficientCredits"/> or what
    /// <see cref="RequirePace"/> refuses.
    /// </summary>
    public async Task<Outcome<Done>> Run(Account owner, Money month, CancellationToken stop)
    {
        if (owner.Tier == Tier.Free || month.Nanos <= 0) return Done.It;
        if ((await pace.Run(owner.Id, stop)).Refusal is { } tooFast) return tooFast;
        if ((await room.Run(owner, month, stop)).Refusal is { } capped) return capped;
        if (await db.PaymentMethods.AnyAsync(m => m.HolderId == owner.Id && m.ReplacedAt == null, stop)) return Done.It;
        var credits = await db.CreditsOf(owner.Id, clock.UtcNow(), stop);
        var all = (await db.CostsOf(owner.Id, tariff, stop)).Sum() + month;
        return credits.Nanos > all.Nanos / HoursOfMonth ? Done.It : Reason.InsufficientCredits;
    }
}
