using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Usage;
using Gatehouse.Platform;
using Microsoft.EntityFrameworkCore;

namespace Gatehouse.Features.SpendCaps;

/// <summary>Sets the most that a period of the caller's account may cost, or takes the cap away.</summary>
public sealed class SetSpendCap(Db db, RequireRoom room, TimeProvider clock)
{
    /// <summary>
    /// With <see cref="CapAction.Refuse"/> the cap has to hold what runs already: whatever is refused later, that goes
    /// on. Refuses with <see cref="Reason.OutOfRange"/>, <see cref="Reason.SpendCapReached"/>,
    /// <see cref="Reason.NotLoggedIn"/> or <see cref="Reason.ScopeMissing"/>.
    /// </summary>
    public async Task<Outcome<Done>> Run(Caller caller, WantedCap wanted, CancellationToken stop)
    {
        if (!caller.Holder(Scope.Billing).Is(out var id, out var refusal)) return refusal;
        if (wanted.Amount is { } amount && Money.FromCents(amount.WholeCents) != amount)
            return new Refusal(Reason.OutOfRange, Field.Amount) { Text = "must be whole cents" };
        return await db.Write(() => Set(caller, id, wanted, stop), stop);
    }

    private async Task<Outcome<Done>> Set(Caller caller, Guid id, WantedCap wanted, CancellationToken stop)
    {
        await db.QueueUp(id, stop);
        var account = await db.Accounts.AsNoTracking().Confirmed().SingleOrDefaultAsync(a => a.Id == id, stop);
        if (account is null) return Reason.NotLoggedIn;
        if (wanted is { Amount: { } cap, Action: CapAction.Refuse })
        {
            var forecast = await room.Forecast(account, Money.Zero, stop);
            if (account.Tier == Tier.Standard && forecast > cap.Nanos) return TooLow(new Money((long)forecast));
        }

        var now = clock.UtcNow();
        var second = now.ToSecond();
        await db.AddBilling(id, stop);
        await db.Billings.Where(b => b.AccountId == id).ExecuteUpdateAsync(
            set => set.SetProperty(b => b.CapNanos, wanted.Amount == null ? null : (long?)wanted.Amount.Value.Nanos)
                .SetProperty(b => b.CapAction, wanted.Action)
                .SetProperty(b => b.CapSince, second)
                .SetProperty(b => b.CapDueAt, 0L)
                .SetProperty(b => b.CapWarnedFor, 0L)
                .SetProperty(b => b.CapReachedFor, 0L),
            stop);
        var fact = new AuditFact(AuditEvent.SpendCapSet, KeyId: caller.Key?.KeyId);
        await db.Append(caller, id, fact, now, stop);
        return Done.It;
    }

    private static Refusal TooLow(Money month) => new(Reason.SpendCapReached)
    {
        Text = $"What runs already costs up to {LimitText.Dollars(month)} a month. "
            + "Scale it down first, or choose to be suspended at the cap.",
    };
}

/// <summary>A cap that somebody wants.</summary>
/// <param name="Amount">The most that a period may cost; null for no cap.</param>
/// <param name="Action">What happens then.</param>
public sealed record WantedCap(Money? Amount, CapAction Action);
