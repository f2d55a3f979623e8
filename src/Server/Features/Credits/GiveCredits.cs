using Gatehouse.Data;
using Gatehouse.Domain;
using Gatehouse.Features.Ledger;
using Gatehouse.Platform;

namespace Gatehouse.Features.Credits;

/// <summary>Gives credits to an account, by the operator, for a reason that its owner can read.</summary>
public sealed class GiveCredits(Db db, GrantCredits grant, TimeProvider clock)
{
    /// <summary>
    /// What the account has then. Refuses with <see cref="Reason.NotFound"/>, <see cref="Reason.Required"/> without a
    /// reason, <see cref="Reason.InvalidFormat"/> when it had expired already, or what the books refuse.
    /// </summary>
    public async Task<Outcome<Money>> Run(Caller caller, GiftOfCredits gift, CancellationToken stop)
    {
        if (caller != Caller.Operator) return Reason.NotFound;
        if (string.IsNullOrWhiteSpace(gift.Reason)) return Reason.Required;
        var now = clock.UtcNow();
        if (gift.ExpiresAt <= now) return new Refusal(Reason.InvalidFormat, Field.Expiry);
        return await db.Write(() => Give(caller, gift, now, stop), stop);
    }

    private async Task<Outcome<Money>> Give(Caller caller, GiftOfCredits gift, DateTime now, CancellationToken stop)
    {
        var account = await db.FindByAnyName(gift.Who, stop);
        if (account is null || account.ErasedAt is not null) return Reason.NotFound;
        await db.QueueUp(account.Id, stop);
        var key = $"operator grant {Guid.CreateVersion7(now):D}";
        var given = await grant.Run(
            new Grant(account.Id, gift.Amount, gift.ExpiresAt, key, "given by the operator"), now, stop);
        if (!given.Is(out var posting, out var refusal)) return refusal;
        var fact = new AuditFact(AuditEvent.CreditsGranted, $"{posting.Id:D}");
        await db.Append(caller.Because(gift.Reason), account.Id, fact, now, stop);
        await db.CollectAgain(account.Id, now, stop);
        return await db.CreditsOf(account.Id, now, stop);
    }
}

/// <summary>Credits that an operator gives or takes back.</summary>
/// <param name="Who">Address, user name or id.</param>
/// <param name="Amount">How much.</param>
/// <param name="ExpiresAt">From when on they cannot be spent (UTC); null for never.</param>
/// <param name="Reason">Why; the owner sees it.</param>
public sealed record GiftOfCredits(string Who, Money Amount, DateTime? ExpiresAt, string Reason);
