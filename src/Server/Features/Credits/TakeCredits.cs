using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Ledger;
using Gatehouse.Platform;

namespace Gatehouse.Features.Credits;

/// <summary>Takes credits back from an account, by the operator, for a reason that its owner can read.</summary>
public sealed class TakeCredits(Db db, TakeBackCredits takeBack, TimeProvider clock)
{
    /// <summary>
    /// What the account has then; never less than nothing. Refuses with <see cref="Reason.NotFound"/>,
    /// <see cref="Reason.Required"/> without a reason, or what the books refuse.
    /// </summary>
    public async Task<Outcome<Money>> Run(Caller caller, GiftOfCredits gift, CancellationToken stop)
    {
        if (caller != Caller.Operator) return Reason.NotFound;
        if (string.IsNullOrWhiteSpace(gift.Reason)) return Reason.Required;
        return await db.Write(() => Take(caller, gift, clock.UtcNow(), stop), stop);
    }

    private async Task<Outcome<Money>> Take(Caller caller, GiftOfCredits gift, DateTime now, CancellationToken stop)
    {
        var account = await db.FindByAnyName(gift.Who, stop);
        if (account is null) return Reason.NotFound;
        await db.QueueUp(account.Id, stop);
        var key = $"operator take {Guid.CreateVersion7(now):D}";
        var taken = await takeBack.Run(account.Id, gift.Amount, (key, "taken back by the operator"), now, stop);
        if (!taken.Is(out var posting, out var refusal)) return refusal;
        var fact = new AuditFact(AuditEvent.CreditsTaken, $"{posting.Id:D}");
        await db.Append(caller.Because(gift.Reason), account.Id, fact, now, stop);
        return await db.CreditsOf(account.Id, now, stop);
    }
}
